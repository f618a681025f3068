using System.Net;
using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Model.Tests.Hcn;

public sealed class EndpointTranslationTests
{
    private const string Mapping = "\"Protocol\":6,\"InternalPort\":80,\"ExternalPort\":8080";

    [Theory]
    [InlineData("\"Protocol\":6,\"InternalPort\":80", "0.0.0.0:0:80")]
    [InlineData("\"Protocol\":\"udp\",\"InternalPort\":\"53\",\"ExternalPort\":\"5353\"", "0.0.0.0:5353:53/udp")]
    [InlineData(Mapping + ",\"Flags\":2", "[::]:8080:80")]
    [InlineData(Mapping + ",\"Flags\":\"IPv6\"", "[::]:8080:80")]
    [InlineData(Mapping + ",\"VIP\":\"fd00::5\"", "[fd00::5]:8080:80")]
    [InlineData(Mapping + ",\"VIP\":\"127.0.0.1\",\"Flags\":0", "127.0.0.1:8080:80")]
    [InlineData(Mapping + ",\"VIP\":\"\"", "0.0.0.0:8080:80")]
    public void PortMapping_BecomesAPublication(string settings, string expected) => Assert.Equal(expected,
        PublicationText.Format(Assert.Single(Read($$$"""{"Policies":[{"Type":"PortMapping","Settings":{{{{settings}}}}}]}""").Publications)));

    [Theory]
    [InlineData("\"InternalPort\":80", HcnErrorCode.InvalidPolicy, ".Protocol: protocol (missing) has no ports to map; use 6 (TCP) or 17 (UDP)")]
    [InlineData("\"Protocol\":1,\"InternalPort\":80", HcnErrorCode.InvalidPolicy, ".Protocol: protocol ICMPv4 has no ports to map; use 6 (TCP) or 17 (UDP)")]
    [InlineData("\"Protocol\":6", HcnErrorCode.InvalidInternalPort, ".InternalPort: the mapping has no internal port; give the endpoint's port")]
    [InlineData("\"Protocol\":6,\"InternalPort\":0", HcnErrorCode.InvalidInternalPort, ".InternalPort: container port 0 is not a port; use 1 to 65535")]
    [InlineData("\"Protocol\":6,\"InternalPort\":70000", HcnErrorCode.InvalidJson, ".InternalPort: the value is not a whole number from 0 to 65535")]
    [InlineData(Mapping + ",\"Flags\":8", HcnErrorCode.RequestUnsupported, ".Flags: flag 8 is not honoured by this release; leave it out")]
    [InlineData(Mapping + ",\"VIP\":\"host\"", HcnErrorCode.InvalidIp, ".VIP: 'host' is not an IP address")]
    [InlineData(Mapping + ",\"VIP\":\"10.0.0.5\",\"Flags\":2", HcnErrorCode.InvalidIp, ".VIP: VIP 10.0.0.5 is an IPv4 address and the flag IPv6 (2) is set; use an IPv6 address or leave the flag out")]
    [InlineData(Mapping + ",\"VIP\":\"224.0.0.1\"", HcnErrorCode.AddressInvalidOrReserved, ".VIP: host address 224.0.0.1 is a multicast or broadcast address; use an address of the host")]
    [InlineData(Mapping + ",\"From\":[\"10.0.0.1/8\"]", HcnErrorCode.InvalidPrefix, ".From[0]: '10.0.0.1/8' has host bits set; write 10.0.0.0/8")]
    [InlineData(Mapping + ",\"From\":[\"fd00::/8\"]", HcnErrorCode.InvalidPrefix, ".From[0]: source prefix fd00::/8 is of another family than host address 0.0.0.0; nobody it admits could reach that address")]
    public void PortMapping_NotHonoured_IsRefusedAtItsOwnPath(string settings, uint code, string expected)
    {
        // A policy before it that is refused moves the publications' numbers against the policies'.
        var error = Assert.Throws<FairwayException>(() => Read(
            $$$"""{"Policies":[{"Type":"L2Driver","Settings":{}},{"Type":"PortMapping","Settings":{{{{settings}}}}}]}"""));

        Assert.Equal(
            ["$.Policies[0].Type: policies of type L2Driver are not honoured by this release; endpoints have PortMapping, ACL, TierAcl, OutBoundNAT, SDNRoute, QOS, InterfaceParameters, PortName, L4WFPPROXY, L4Proxy, ProviderAddress and EncapOverhead", $"$.Policies[1].Settings{expected}"],
            error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal((HcnErrorCode.InvalidPolicyType, code), (error.Findings[0].HcnCode, error.Findings[1].HcnCode));
    }

    [Theory]
    [InlineData("\"Flags\":1", HcnErrorCode.InvalidRemoteEndpointOperation, "$.Flags: network 'web' is nat and has no endpoints on other hosts; use one of type Overlay")]
    [InlineData("\"Flags\":32", HcnErrorCode.RequestUnsupported, "$.Flags: flag EnableDhcp (32) is not honoured on networks whose addresses are given here; give IpConfigurations or leave both out")]
    [InlineData("\"Flags\":\"EnableLowInterfaceMetric\"", HcnErrorCode.RequestUnsupported, "$.Flags: flag EnableLowInterfaceMetric (8) is not honoured by this release; leave it out")]
    [InlineData("\"Name\":\"a/b\"", HcnErrorCode.InvalidEndpoint, "$.Name: the name 'a/b' contains '/'; use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first")]
    [InlineData("\"MacAddress\":\"x\"", HcnErrorCode.InvalidEndpoint, "$.MacAddress: 'x' is not a MAC address; write six octets like 00-15-5D-01-02-03")]
    [InlineData("\"MacAddress\":\"01-00-5E-00-00-01\"", HcnErrorCode.InvalidEndpoint, "$.MacAddress: MAC 01:00:5e:00:00:01 is a group address; use a unicast one, for example 02:15:5d:01:02:03, or leave it out")]
    [InlineData("\"IpConfigurations\":[{},{\"IpAddress\":\"x\"}]", HcnErrorCode.InvalidIp, "$.IpConfigurations[1].IpAddress: 'x' is not an IP address")]
    [InlineData("\"IpConfigurations\":[{},{\"IpAddress\":\"127.0.0.1\"}]", HcnErrorCode.AddressInvalidOrReserved, "$.IpConfigurations[1].IpAddress: address 127.0.0.1 belongs to 127.0.0.0/8, reserved for loopback; use an address of the network's subnets")]
    [InlineData("\"IpConfigurations\":[{\"IpAddress\":\"10.1.0.9\",\"PrefixLength\":24}]", HcnErrorCode.InvalidPrefix, "$.IpConfigurations[0].PrefixLength: prefix length 24 is not the one of subnet 10.1.0.0/16; use 16 or leave it out")]
    [InlineData("\"IpConfigurations\":[{\"PrefixLength\":24}]", HcnErrorCode.InvalidIp, "$.IpConfigurations[0].IpAddress: an empty text is not an IP address")]
    [InlineData("\"IpConfigurations\":[{\"IpAddress\":\"10.1.0.9\",\"IpSubnetId\":\"71CD3B74-1A0A-447E-BF9E-3716C6652176\"}]", HcnErrorCode.InvalidIpSubnet, "$.IpConfigurations[0].IpSubnetId: network 'web' has no part of a subnet with id 71cd3b74-1a0a-447e-bf9e-3716c6652176; give one that the network shows, or leave it out")]
    [InlineData("\"Routes\":[{\"NextHop\":\"10.1.0.77\",\"DestinationPrefix\":\"0.0.0.0/0\"}]", HcnErrorCode.RequestUnsupported, "$.Routes[0].NextHop: next hop 10.1.0.77 is no gateway of network 'web'; use 10.1.0.1 or fd00:10:1::1, or the policy SDNRoute")]
    [InlineData("\"Routes\":[{\"NextHop\":\"x\",\"DestinationPrefix\":\"0.0.0.0/0\"}]", HcnErrorCode.InvalidIp, "$.Routes[0].NextHop: 'x' is not an IP address")]
    [InlineData("\"Routes\":[{\"NextHop\":\"10.1.0.77\",\"DestinationPrefix\":\"10.9.0.0/16\"}]", HcnErrorCode.RequestUnsupported, "$.Routes[0].NextHop: next hop 10.1.0.77 is no gateway of network 'web'; use 10.1.0.1 or fd00:10:1::1, or the policy SDNRoute")]
    [InlineData("\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"10.9.0.1/16\"}]", HcnErrorCode.InvalidPrefix, "$.Routes[0].DestinationPrefix: '10.9.0.1/16' has host bits set; write 10.9.0.0/16")]
    [InlineData("\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"fd00:9::/32\"}]", HcnErrorCode.InvalidIp, "$.Routes[0].NextHop: next hop 10.1.0.1 is not of the family of fd00:9::/32; give one that is")]
    [InlineData("\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"0.0.0.0/0\",\"Metric\":5}]", HcnErrorCode.RequestUnsupported, "$.Routes[0].Metric: metric 5 is not honoured by this release; leave it out")]
    [InlineData("\"Dns\":{\"Options\":[\"a b\"]}", null, "$.Dns.Options[0]: the resolver option 'a b' is not one word; write options one by one, for example ndots:2")]
    [InlineData("\"AdditionalParams\":{\"InterfaceName\":\"a/b\"}", HcnErrorCode.InvalidEndpoint, "$.AdditionalParams.InterfaceName: the interface name 'a/b' contains '/'; use 1 to 15 printable ASCII characters without '/', ':', '%' and spaces")]
    [InlineData("\"AdditionalParams\":{\"Aliases\":[\"\"]}", null, "$.AdditionalParams.Aliases[0]: the name is empty; use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first")]
    [InlineData("\"SchemaVersion\":{\"Major\":2,\"Minor\":0},\"IPAddress\":\"172.16.0.10\"", HcnErrorCode.InvalidJson, "$.IPAddress: IPAddress belongs to schema 1 and the document is of schema 2; write IpConfigurations[].IpAddress")]
    public void Document_NotHonoured_IsRefusedInWords(string members, uint? code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{ {{members}} }"""));

        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void DefaultRoute_InANetworkWithoutAWayOut_IsRefused()
    {
        var network = SampleTests.Web with { Spec = SampleTests.Web.Spec with { Type = NetworkType.Internal } };
        var document = HcnReader.ReadEndpoint("""{"Routes":[{"NextHop":"10.1.0.1","DestinationPrefix":"0.0.0.0/0"}]}"""u8);

        var error = Assert.Throws<FairwayException>(() => HcnEndpointTranslation.ToSpec(document, network));

        Assert.Equal("create endpoint: $.Routes[0].NextHop: a default route is not honoured in network 'web', which has no way out; leave the route out", error.Message);
    }

    [Fact]
    public void Endpoint_Degraded_SaysSoInItsHealth()
    {
        var endpoint = SampleTests.Stored(new EndpointSpec { NetworkId = SampleTests.Web.Spec.Id }) with { State = EndpointState.Degraded, Message = "the namespace is gone" };

        string document = HcnJson.Write(HcnEndpointTranslation.ToDocument(endpoint, SampleTests.Web));

        Assert.Contains("""
            "Health":{"Data":{"LastErrorCode":2151350295,"Message":"the namespace is gone"}}
            """.Trim(), document, StringComparison.Ordinal);
        Assert.Contains("\"State\":5", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Publications_OfBothFamiliesAndOfRanges_BecomeOneMappingPerPortAndFamily()
    {
        var endpoint = SampleTests.Stored(new EndpointSpec
        {
            NetworkId = SampleTests.Web.Spec.Id,
            Publications = [PublicationText.Parse("8000-8001:80-81/udp"), PublicationText.Parse("[fd00::1]:1:2") with { From = [IPNetwork.Parse("fd00::/8")] }],
        });

        var mappings = HcnEndpointTranslation.ToDocument(endpoint, SampleTests.Web).Policies!.Select(policy => policy.Settings!.Value.GetRawText());

        Assert.Equal(
        [
            """{"Protocol":17,"InternalPort":80,"ExternalPort":8000,"Flags":0}""",
            """{"Protocol":17,"InternalPort":81,"ExternalPort":8001,"Flags":0}""",
            """{"Protocol":17,"InternalPort":80,"ExternalPort":8000,"Flags":2}""",
            """{"Protocol":17,"InternalPort":81,"ExternalPort":8001,"Flags":2}""",
            """{"Protocol":6,"InternalPort":2,"ExternalPort":1,"VIP":"fd00::1","Flags":2,"From":["fd00::/8"]}""",
        ], mappings);
    }

    [Fact]
    public void Publication_ForSourcesOfOneFamily_IsNotShownAsOpenInTheOther()
    {
        var endpoint = SampleTests.Stored(new EndpointSpec
        {
            NetworkId = SampleTests.Web.Spec.Id,
            Publications = [PublicationText.Parse("80:80") with { From = [IPNetwork.Parse("10.0.0.0/8")] }],
        });

        var mapping = Assert.Single(HcnEndpointTranslation.ToDocument(endpoint, SampleTests.Web).Policies!);

        Assert.Equal("""{"Protocol":6,"InternalPort":80,"ExternalPort":80,"Flags":0,"From":["10.0.0.0/8"]}""", mapping.Settings!.Value.GetRawText());
    }

    [Fact]
    public void Endpoint_OfAnInternalNetwork_HasNoRoutes()
    {
        var network = SampleTests.Web with { Spec = SampleTests.Web.Spec with { Type = NetworkType.Internal } };

        Assert.Empty(HcnEndpointTranslation.ToDocument(SampleTests.Stored(new EndpointSpec { NetworkId = network.Spec.Id }), network).Routes!);
    }

    private static EndpointSpec Read(string json) =>
        HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);
}
