using System.Net;
using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Policies;

namespace Fairway.Model.Tests.Hcn;

/// <summary>L4Proxy of endpoints: read, returned, changed.</summary>
public sealed class ConnectionProxyTranslationTests
{
    private const string Go = """{"Type":"L4Proxy","Settings":{"IP":"203.0.113.0/24","Port":"80","Protocol":6,"Exceptions":["203.0.113.9"],"Destination":"198.51.100.9:8080","OutboundNat":true}}""";
    private const string Plain = """{"Type":"L4Proxy","Settings":{"Protocol":6,"Destination":"[fd00:10:1::9]:8080"}}""";

    [Fact]
    public void Policy_BecomesAProxy_AndIsReturned()
    {
        var spec = Read($$"""{"Policies":[{{Go}}]}""");
        var proxy = new ConnectionProxy(IPAddress.Parse("198.51.100.9"), 8080)
        {
            Prefixes = [IPNetwork.Parse("203.0.113.0/24")],
            Ports = [new PortInterval(80, 80)],
            Exceptions = [IPNetwork.Parse("203.0.113.9/32")],
            Translated = true,
        };
        Assert.Equal(proxy, spec.Proxy);
        Assert.Equal([Go], Written(spec));
        Assert.Equal(proxy, Read($$"""{"Policies":[{{Assert.Single(Written(spec with { Document = null }))}}]}""").Proxy);
        // Both spellings count once, and a destination may keep the port.
        var both = Read("""{"Policies":[{"Type":"L4Proxy","Settings":{"Destination":"10.1.0.9","ExceptionList":["10.2.0.0/16"],"Exceptions":["10.2.0.0/16","10.3.0.0/16"]}}]}""").Proxy!;
        Assert.Equal((null, 2), (both.Port, both.Exceptions.Length));
        Assert.Equal([Plain], Written(Read($$"""{"Policies":[{{Plain}}]}""") with { Document = null }));
    }

    [Theory]
    [InlineData("""{}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Destination: the policy has no destination; give the proxy's address and port, like 10.0.0.9:8080")]
    [InlineData("""{"Destination":"proxy:80"}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.Destination: 'proxy:80' is no address with a port; write it like 10.0.0.9:8080 or [fd00::9]:8080")]
    [InlineData("""{"Destination":"10.1.0.9:0"}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.Destination: '10.1.0.9:0' is no address with a port; write it like 10.0.0.9:8080 or [fd00::9]:8080")]
    [InlineData("""{"Destination":"127.0.0.1:80","OutboundNat":true}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.Destination: nobody is reached at 127.0.0.1, which belongs to 127.0.0.0/8, reserved for loopback; give the proxy's address, or use L4WFPPROXY for one in the endpoint's namespace")]
    [InlineData("""{"Destination":"10.1.0.9:80","Protocol":17}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.Protocol: protocol 17 (UDP) has no connections a proxy could be given; write 6 (TCP), or leave the protocol out")]
    [InlineData("""{"Destination":"10.1.0.9:80","IP":"web"}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.IP: 'web' is no address; write an address or a prefix")]
    [InlineData("""{"Destination":"10.1.0.9:80","IP":"fd00::/8"}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.IP: fd00::/8 is not of the family of the proxy's address 10.1.0.9, and is not led there; leave it out")]
    [InlineData("""{"Destination":"10.1.0.9:80","Port":"http"}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Port: 'http' is no port; write a number from 0 to 65535, or a range like 8000-8099")]
    [InlineData("""{"Destination":"10.1.0.9:80","ExceptionList":["x y"]}""", HcnErrorCode.InvalidPrefix, "$.Policies[0].Settings.ExceptionList[0]: 'x y' is not an IP address")]
    [InlineData("""{"Destination":"10.1.0.9:80","OutboundNat":true}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.OutboundNat: connections to 10.1.0.9 keep the endpoint's address on network 'web'; leave it out, or have them translated by the policy OutBoundNAT")]
    [InlineData("""{"Destination":"198.51.100.9:80"}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.OutboundNat: connections to 198.51.100.9 leave network 'web' with an address of the host; set it, or except the address by the policy OutBoundNAT")]
    public void Policy_Wrong_SaysWhatAndWhere(string settings, uint code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Policies":[{"Type":"L4Proxy","Settings":{{settings}}}]}"""));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Theory]
    [InlineData("""{"Exceptions":["198.51.100.0/24"]}""", false)]
    [InlineData("""{"Destinations":["203.0.113.0/24"]}""", false)]
    [InlineData("""{"Destinations":["198.51.100.0/24"],"Exceptions":["198.0.0.0/8"]}""", true)]
    public void OutboundNat_IsAsTheEndpointsTranslationHasIt(string translation, bool translated)
    {
        string Document(bool said) => $$$"""{"Policies":[{"Type":"OutBoundNAT","Settings":{{{translation}}}},{"Type":"L4Proxy","Settings":{"Destination":"198.51.100.9:80","OutboundNat":{{{(said ? "true" : "false")}}}}}]}""";
        Assert.Equal(translated, Read(Document(translated)).Proxy!.Translated);
        Assert.Equal("$.Policies[1].Settings.OutboundNat", Assert.Throws<FairwayException>(() => Read(Document(!translated))).Findings.Single().Path);
    }

    [Fact]
    public void Sidecar_ThatGetsWhatIsCalled_LeavesNothingForAProxy()
    {
        var error = Assert.Throws<FairwayException>(() => Read($$$"""{"Policies":[{{{Plain}}},{"Type":"L4WFPPROXY","Settings":{"OutboundProxyPort":"15001"}}]}"""));
        Assert.Equal("what processes call is led to the endpoint's sidecar already (L4WFPPROXY); leave the proxy out, or the sidecar's outbound port", error.Findings.Single().Message);
        Assert.NotNull(Read($$$"""{"Policies":[{{{Plain}}},{"Type":"L4WFPPROXY","Settings":{"InboundProxyPort":"15006"}}]}""").Proxy);
        Assert.Equal(HcnErrorCode.PolicyAlreadyExists, Assert.Throws<FairwayException>(() => Read($$"""{"Policies":[{{Plain}},{{Plain}}]}""")).HcnCode);
    }

    [Fact]
    public void Endpoint_ThatHasNoProcessesHere_RefusesIt()
    {
        var spec = new EndpointSpec { NetworkId = SampleTests.Web.Spec.Id, Proxy = new ConnectionProxy(IPAddress.Parse("10.1.0.9"), 80) };
        foreach (var (other, code) in ((EndpointSpec, uint)[])
            [
                (spec with { VirtualNic = new VirtualNic() }, HcnErrorCode.InvalidPolicy),
                (spec with { HandedOver = true }, HcnErrorCode.InvalidPolicy),
                (spec with { ProviderAddress = IPAddress.Parse("192.0.2.9"), Addresses = [IPAddress.Parse("10.1.0.8")], MacAddress = new Model.Addressing.MacAddress(0x02_00_00_00_00_01UL) }, HcnErrorCode.InvalidRemoteEndpointOperation),
            ])
        {
            var finding = Assert.Single(Model.Validation.EndpointSpecValidator.Validate(other));
            Assert.Equal(("$.Proxy", code), (finding.Path, finding.HcnCode));
        }
    }

    [Fact]
    public void Modification_AddsRemovesReplacesAndResets()
    {
        var added = Change("Add", Plain).For(Read("""{"Name":"c"}"""));
        Assert.Equal(8080, added.Proxy!.Port);
        Assert.Equal(HcnErrorCode.PolicyAlreadyExists, Assert.Throws<FairwayException>(() => Change("Add", Go).For(added)).HcnCode);
        Assert.Equal(HcnErrorCode.PolicyNotFound, Assert.Throws<FairwayException>(() => Change("Remove", Go).For(added)).HcnCode);
        Assert.Null(Change("Remove", Plain).For(added).Proxy);
        Assert.Equal("198.51.100.9", Change("Update", Go).For(added).Proxy!.Address.ToString());
        Assert.Null(EndpointModification.Read("""{"RequestType":"Reset","ResourceType":"Policy"}"""u8).Settings.For(added).Proxy);
    }

    private static EndpointSettings Change(string type, string policies) =>
        EndpointModification.Read(Encoding.UTF8.GetBytes($$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policies}}}]}}""")).Settings;

    private static EndpointSpec Read(string json) => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);

    private static IEnumerable<string> Written(EndpointSpec spec) => HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), SampleTests.Web).Policies!
        .Select(policy => $$"""{"Type":"{{policy.Type}}","Settings":{{policy.Settings!.Value.GetRawText()}}}""");
}
