using System.Net;
using System.Text;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;

namespace Fairway.Model.Tests.Hcn;

public sealed class LoadBalancerTranslationTests
{
    private const string Endpoint = "0A3C7B1E-5D2F-4E8A-9B6C-1D2E3F4A5B6C";
    private const string Ports = """ "PortMappings":[{"Protocol":6,"InternalPort":8080,"ExternalPort":80}] """;

    [Fact]
    public void Document_BecomesASpec()
    {
        var spec = Read($$"""
            {"HostComputeEndpoints":["{{Endpoint}}"],"FrontendVIPs":["10.96.0.10","fd96::10"],"SourceVIP":"10.0.0.1","Flags":1,
             "PortMappings":[{"Protocol":6,"InternalPort":8080,"ExternalPort":80,"DistributionType":2,"Flags":1},{"Protocol":17,"InternalPort":53,"ExternalPort":53,"DistributionType":1,"Flags":14}]}
            """);
        Assert.Equal([IPAddress.Parse("10.96.0.10"), IPAddress.Parse("fd96::10")], spec.Frontends);
        Assert.Equal([Guid.Parse(Endpoint)], spec.Backends);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), spec.SourceAddress);
        Assert.Equal(
            [
                new LoadBalancerPort { Port = 80, BackendPort = 8080, Affinity = SessionAffinity.SourceAddress, Internal = true },
                new LoadBalancerPort { Protocol = TransportProtocol.Udp, Port = 53, BackendPort = 53, Affinity = SessionAffinity.SourceAddressAndProtocol, KeepsFrontend = true },
            ],
            spec.Ports);
    }

    /// <summary>kube-proxy's node ports have no address.</summary>
    [Theory]
    [InlineData("", "0.0.0.0")]
    [InlineData("\"Flags\":2,", "::")]
    [InlineData("\"FrontendVIPs\":[\"\"],", "0.0.0.0")]
    public void Document_WithoutAddresses_IsOfTheHosts(string members, string frontend) =>
        Assert.Equal([IPAddress.Parse(frontend)], Read($"{{{members}{Ports}}}").Frontends);

    [Theory]
    [InlineData("\"PortMappings\":[]", HcnErrorCode.InvalidPolicy, "$.PortMappings: a load balancer has 1 to 1024 ports, not 0")]
    [InlineData("\"PortMappings\":[{\"Protocol\":1,\"InternalPort\":1,\"ExternalPort\":1}]", HcnErrorCode.InvalidPolicy, "$.PortMappings[0].Protocol: protocol ICMPv4 cannot be balanced; use 6 (TCP) or 17 (UDP)")]
    [InlineData("\"PortMappings\":[{\"Protocol\":6,\"ExternalPort\":80}]", HcnErrorCode.InvalidInternalPort, "$.PortMappings[0].InternalPort: backend port 0 is not a port; use 1 to 65535")]
    [InlineData("\"PortMappings\":[{\"Protocol\":6,\"InternalPort\":1,\"ExternalPort\":1,\"DistributionType\":9}]", HcnErrorCode.InvalidPolicy, "$.PortMappings[0].DistributionType: distribution 9 is not known; use 0 (None), 1 (SourceIPProtocol) or 2 (SourceIP)")]
    [InlineData("\"PortMappings\":[{\"Protocol\":6,\"InternalPort\":1,\"ExternalPort\":1,\"Flags\":16}]", HcnErrorCode.RequestUnsupported, "$.PortMappings[0].Flags: flag 16 is not honoured by this release; leave it out")]
    [InlineData("\"FrontendVIPs\":[\"10.96.0\"]," + Ports, HcnErrorCode.InvalidIp, "$.FrontendVIPs[0]: '10.96.0' is not an IP address; write four octets, for example 10.96.0.0")]
    [InlineData("\"FrontendVIPs\":[\"224.0.0.1\"]," + Ports, HcnErrorCode.InvalidIp, "$.FrontendVIPs[0]: frontend 224.0.0.1 is a multicast or broadcast address; use an address of one host")]
    [InlineData("\"FrontendVIPs\":[\"127.0.0.1\"]," + Ports, HcnErrorCode.InvalidIp, "$.FrontendVIPs[0]: frontend 127.0.0.1 means another host to every caller; use an address that all of them reach")]
    [InlineData("\"FrontendVIPs\":[\"10.96.0.10\",\"10.96.0.10\"]," + Ports, HcnErrorCode.InvalidIp, "$.FrontendVIPs[1]: frontend 10.96.0.10 is given twice; give it once")]
    [InlineData("\"FrontendVIPs\":[\"10.96.0.10\"],\"Flags\":2," + Ports, HcnErrorCode.InvalidIp, "$.FrontendVIPs[0]: 10.96.0.10 is an IPv4 address, and the flag IPv6 (2) says otherwise; leave the flag out")]
    [InlineData("\"SourceVIP\":\"x\"," + Ports, HcnErrorCode.InvalidIp, "$.SourceVIP: 'x' is not an IP address")]
    [InlineData("\"HostComputeEndpoints\":[\"web\"]," + Ports, HcnErrorCode.EndpointNotFound, "$.HostComputeEndpoints[0]: 'web' is no id of an endpoint; give its GUID")]
    [InlineData("\"HostComputeNetwork\":\"web\"," + Ports, HcnErrorCode.NetworkNotFound, "$.HostComputeNetwork: 'web' is no id of a network; give its GUID")]
    [InlineData("\"Flags\":4," + Ports, HcnErrorCode.RequestUnsupported, "$.Flags: flag 4 is not honoured by this release; leave it out")]
    [InlineData("\"SchemaVersion\":{\"Major\":1}," + Ports, HcnErrorCode.RequestUnsupported, "$.SchemaVersion: schema version 1.0 is not known; use 2.0 to 2.16")]
    public void Document_NotHonoured_IsRefusedInWords(string members, uint code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($"{{{members}}}"));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void Document_IsReturnedAsSent_WithTheBackendsOfNow()
    {
        var spec = Read($$"""{"HostComputeEndpoints":["{{Endpoint}}"],"FrontendVIPs":["10.96.0.10"],"Mesh":"blue",{{Ports}}}""");
        var balancer = new LoadBalancer(spec with { Id = Guid.Parse(Endpoint), Name = "lb", Backends = [] }, 1, 0, 1);
        Assert.Equal(
            $$$"""{"ID":"{{{Endpoint}}}","HostComputeEndpoints":[],"FrontendVIPs":["10.96.0.10"],"PortMappings":[{"Protocol":6,"InternalPort":8080,"ExternalPort":80}],"Health":{"Data":{"LastErrorCode":0}},"SchemaVersion":{"Major":2,"Minor":0},"Mesh":"blue"}""",
            HcnJson.Write(HcnLoadBalancerTranslation.ToDocument(balancer)));
    }

    [Fact]
    public void LoadBalancer_MadeElsewhere_IsWrittenWhole()
    {
        var spec = new LoadBalancerSpec
        {
            Id = Guid.Parse(Endpoint),
            Name = "lb",
            Frontends = [IPAddress.IPv6Any],
            Ports = [new LoadBalancerPort { Port = 80, BackendPort = 8080, Affinity = SessionAffinity.SourceAddress, Internal = true }],
        };
        Assert.Equal(
            $$$"""{"ID":"{{{Endpoint}}}","HostComputeEndpoints":[],"FrontendVIPs":[],"PortMappings":[{"Protocol":6,"InternalPort":8080,"ExternalPort":80,"DistributionType":2,"Flags":1}],"Flags":2,"Health":{"Data":{"LastErrorCode":0}},"SchemaVersion":{"Major":2,"Minor":0}}""",
            HcnJson.Write(HcnLoadBalancerTranslation.ToDocument(new LoadBalancer(spec, 0, 1, 1))));
    }

    private static LoadBalancerSpec Read(string json) => HcnLoadBalancerTranslation.ToSpec(HcnReader.ReadLoadBalancer(Encoding.UTF8.GetBytes(json)));
}
