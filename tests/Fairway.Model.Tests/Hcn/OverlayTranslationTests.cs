using System.Net;
using System.Text;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;

namespace Fairway.Model.Tests.Hcn;

/// <summary>What overlay networks have in documents: virtual subnets, remote subnets, remote endpoints.</summary>
public sealed class OverlayTranslationTests
{
    private static readonly Network s_pods = new(Read(Network()) with { Id = Guid.NewGuid() }, 1, 1450, 1);

    /// <summary>Settings with which no policy of overlays has anything to complain about.</summary>
    internal const string AnySettings =
        """{"Port":8472,"Address":"00-15-5D-00-00-01","ProviderAddress":"192.0.2.1","DestinationPrefix":"10.1.2.0/24","IsolationId":5000,"DistributedRouterMacAddress":"00-15-5D-00-00-02"}""";

    /// <summary>An endpoint of another host.</summary>
    internal const string RemoteEndpoint = """
        {"Name":"far","Flags":1,"MacAddress":"00-15-5D-00-00-09","IpConfigurations":[{"IpAddress":"10.1.1.9"}],
         "Policies":[{"Type":"ProviderAddress","Settings":{"ProviderAddress":"192.0.2.9"}}]}
        """;

    /// <summary>An overlay network with policies.</summary>
    internal static string Network(string policies = "", string subnet = """{"Type":"VSID","Settings":{"IsolationId":5000}}""") =>
        $$"""{"Name":"pods","Type":"Overlay","Policies":[{{policies}}],"Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.1.0/24","Policies":[{{subnet}}]}]}]}""";

    internal static Model.Endpoints.EndpointSpec ReadEndpoint(string json) =>
        HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), s_pods);

    [Fact]
    public void Network_BecomesASpec_AndIsReturned()
    {
        var given = Network($$"""
            {"Type":"VxlanPort","Settings":{"Port":8472} },{"Type":"ProviderAddress","Settings":{"ProviderAddress":"2001:db8::1"} },{"Type":"DrMacAddress","Settings":{"Address":"00-15-5D-00-00-01"} },
            {"Type":"HostRoute","Settings":{} },{"Type":"RemoteSubnetRoute","Settings":{"DestinationPrefix":"10.1.2.0/24","IsolationId":5001,"ProviderAddress":"192.0.2.2","DistributedRouterMacAddress":"00-15-5D-00-00-02"} }
            """);
        var spec = Read(given);

        var overlay = spec.Overlay!;
        Assert.Equal((NetworkType.Overlay, 5000u), (spec.Type, spec.Subnets[0].VirtualSubnet));
        Assert.Equal(((ushort?)8472, "2001:db8::1", "00:15:5d:00:00:01", true), (overlay.Port, $"{overlay.ProviderAddress}", $"{overlay.RouterMac}", overlay.HostRoute));
        Assert.Equal(new RemoteSubnet(IPNetwork.Parse("10.1.2.0/24"), 5001, IPAddress.Parse("192.0.2.2"), new(0x00_15_5D_00_00_02)), Assert.Single(overlay.RemoteSubnets));
        Assert.Equal((70, true), (spec.Overhead, spec.HasHostPort));

        var document = HcnNetworkTranslation.ToDocument(new Network(spec, 1, 1430, 1));
        Assert.Equal(["VxlanPort", "ProviderAddress", "DrMacAddress", "HostRoute", "RemoteSubnetRoute"], document.Policies!.Select(policy => $"{policy.Type}"));
        Assert.Equal(SubnetPolicyType.VSID, document.Ipams![0].Subnets![0].Policies![0].Type);
        var again = HcnNetworkTranslation.ToSpec(document).Overlay!;
        Assert.Equal(overlay with { RemoteSubnets = [] }, again with { RemoteSubnets = [] });
        Assert.Equal(overlay.RemoteSubnets.AsEnumerable(), again.RemoteSubnets);
    }

    [Fact]
    public void Endpoint_OfAnotherHost_BecomesASpec_AndIsReturned()
    {
        var spec = ReadEndpoint(RemoteEndpoint);
        Assert.Equal("192.0.2.9", $"{spec.ProviderAddress}");

        var document = HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), s_pods);
        Assert.Equal(EndpointFlags.RemoteEndpoint, document.Flags);
        Assert.Equal(EndpointPolicyType.ProviderAddress, Assert.Single(document.Policies!).Type);
    }

    [Fact]
    public void EncapOverhead_IsRead_AndReturned()
    {
        var spec = ReadEndpoint("""{"Policies":[{"Type":"EncapOverhead","Settings":{"Overhead":100}}]}""");
        Assert.Equal(100, spec.EncapOverhead);
        Assert.Equal(EndpointPolicyType.EncapOverhead, Assert.Single(HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), SampleTests.Web).Policies!).Type);
    }

    [Theory]
    [InlineData("", "", HcnErrorCode.InvalidPolicy, "$.Ipams[0].Subnets[0].Policies: subnet 10.1.1.0/24 has no virtual subnet id; give one from 4096 to 16777214")]
    [InlineData("", """{"Type":"VSID","Settings":{"IsolationId":4095}}""", HcnErrorCode.InvalidPolicy, "$.Ipams[0].Subnets[0].Policies: virtual subnet id 4095 is out of range; use 4096 to 16777214")]
    [InlineData("", """{"Type":"VSID","Settings":{}}""", HcnErrorCode.InvalidPolicy, "$.Ipams[0].Subnets[0].Policies: virtual subnet id 0 is out of range; use 4096 to 16777214")]
    [InlineData("", """{"Type":"VSID","Settings":{"IsolationId":5000}},{"Type":"VSID","Settings":{"IsolationId":5000}}""", HcnErrorCode.PolicyAlreadyExists, "$.Ipams[0].Subnets[0].Policies[1].Type: policy VSID is given twice; give it once")]
    [InlineData("""{"Type":"VxlanPort","Settings":{}}""", null, HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Port: UDP port 0 cannot be used; use 4 to 65535, 4789 when in doubt")]
    [InlineData("""{"Type":"VxlanPort","Settings":{"Port":3}}""", null, HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Port: UDP port 3 cannot be used; use 4 to 65535, 4789 when in doubt")]
    [InlineData("""{"Type":"VxlanPort","Settings":{"Port":4790}},{"Type":"VxlanPort","Settings":{"Port":4791}}""", null, HcnErrorCode.PolicyAlreadyExists, "$.Policies[1].Type: policy VxlanPort is given twice; give it once")]
    [InlineData("""{"Type":"DrMacAddress","Settings":{"Address":"x"}}""", null, HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Address: 'x' is not a MAC address; write six octets like 00-15-5D-01-02-03")]
    [InlineData("""{"Type":"ProviderAddress","Settings":{"ProviderAddress":"appletalk:7"}}""", null, HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.ProviderAddress: 'appletalk:7' is not an IP address")]
    [InlineData("""{"Type":"RemoteSubnetRoute","Settings":{"DestinationPrefix":"10.1.2.0/24","IsolationId":1,"ProviderAddress":"192.0.2.2","DistributedRouterMacAddress":"00-15-5D-00-00-02"}}""", null, HcnErrorCode.InvalidPolicy,
        "$.Policies[0].Settings.IsolationId: virtual subnet id 1 is out of range; use 4096 to 16777214")]
    [InlineData("""{"Type":"RemoteSubnetRoute","Settings":{"DestinationPrefix":"10.1.2.0/24","IsolationId":5000,"DistributedRouterMacAddress":"00-15-5D-00-00-02"}}""", null, HcnErrorCode.InvalidPolicy,
        "$.Policies[0].Settings.ProviderAddress: the policy has no provider address; give the other host's address, IPv4 or IPv6")]
    public void Network_Wrong_SaysWhatAndWhere(string policies, string? subnet, uint code, string expected)
        => Says(code, expected, () => Read(subnet is null ? Network(policies) : Network(policies, subnet)));

    [Theory]
    [InlineData("""{"Flags":1,"MacAddress":"00-15-5D-00-00-09","IpConfigurations":[{"IpAddress":"10.1.1.9"}]}""", HcnErrorCode.InvalidEndpoint,
        "$.Policies: an endpoint of another host has a provider address; give it by the policy ProviderAddress")]
    [InlineData("""{"Policies":[{"Type":"ProviderAddress","Settings":{"ProviderAddress":"192.0.2.9"}}]}""", HcnErrorCode.InvalidEndpoint,
        "$.Flags: a provider address is another host's; set flag RemoteEndpoint (1), or leave the policy out")]
    [InlineData("""{"Flags":1,"MacAddress":"00-15-5D-00-00-09","Policies":[{"Type":"ProviderAddress","Settings":{"ProviderAddress":"192.0.2.9"}}]}""", HcnErrorCode.InvalidEndpoint,
        "$.IpConfigurations: an endpoint of another host has its addresses from there; give them")]
    [InlineData("""{"Flags":1,"IpConfigurations":[{"IpAddress":"10.1.1.9"}],"Policies":[{"Type":"ProviderAddress","Settings":{"ProviderAddress":"192.0.2.9"}}]}""", HcnErrorCode.InvalidEndpoint,
        "$.MacAddress: an endpoint of another host has its MAC from there; give it")]
    [InlineData("""{"Flags":1,"MacAddress":"00-15-5D-00-00-09","IpConfigurations":[{"IpAddress":"10.1.1.9"}],"Policies":[{"Type":"ProviderAddress","Settings":{"ProviderAddress":"127.0.0.1"}}]}""", HcnErrorCode.InvalidPolicy,
        "$.Policies[0].Settings.ProviderAddress: provider address 127.0.0.1 belongs to 127.0.0.0/8, reserved for loopback; use an address by which the other host is reached")]
    [InlineData("""{"Flags":1,"MacAddress":"00-15-5D-00-00-09","IpConfigurations":[{"IpAddress":"10.1.1.9"}],"Policies":[{"Type":"ProviderAddress","Settings":{"ProviderAddress":"192.0.2.9"}},{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80}}]}""",
        HcnErrorCode.InvalidRemoteEndpointOperation, "$.Policies: ports of another host's endpoint are published there; leave them out")]
    public void Endpoint_Wrong_SaysWhatAndWhere(string document, uint code, string expected) => Says(code, expected, () => ReadEndpoint(document));

    [Fact]
    public void Modification_AddsAndRemovesRemoteSubnets()
    {
        var before = Read(Network());
        var added = Modify("Add", "10.1.2.0/24").For(before);
        Assert.Single(added.Overlay!.RemoteSubnets);
        Assert.Equal(HcnErrorCode.PolicyAlreadyExists, Assert.Throws<FairwayException>(() => Modify("Add", "10.1.2.0/24").For(added)).HcnCode);
        Assert.Equal(IPNetwork.Parse("10.1.3.0/24"), Assert.Single(Modify("Update", "10.1.3.0/24").For(added).Overlay!.RemoteSubnets).Prefix);
        Assert.Empty(Modify("Remove", "10.1.2.0/24").For(added).Overlay!.RemoteSubnets);
        Assert.Equal(HcnErrorCode.PolicyNotFound, Assert.Throws<FairwayException>(() => Modify("Remove", "10.1.3.0/24").For(added)).HcnCode);
        Assert.Equal(HcnErrorCode.InvalidPolicyType, Assert.Throws<FairwayException>(() => Modify("Add", "10.1.2.0/24").For(SampleTests.Web.Spec)).HcnCode);
        Assert.False(Modify("Add", "10.1.2.0/24").IsAboutRules);
    }

    private static NetworkModification Modify(string request, string prefix) => NetworkModification.Read(Encoding.UTF8.GetBytes($$$"""
        {"RequestType":"{{{request}}}","ResourceType":"Policy","Settings":{"Policies":[{"Type":"RemoteSubnetRoute",
         "Settings":{"DestinationPrefix":"{{{prefix}}}","IsolationId":5001,"ProviderAddress":"192.0.2.2","DistributedRouterMacAddress":"00-15-5D-00-00-02"}}]}}
        """));

    private static NetworkSpec Read(string json) => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(json)));

    private static void Says(uint code, string expected, Action read)
    {
        var error = Assert.Throws<FairwayException>(read);
        Assert.Equal([(code, expected)], error.Findings.Select(finding => (finding.HcnCode ?? 0, $"{finding.Path}: {finding.Message}")));
    }
}
