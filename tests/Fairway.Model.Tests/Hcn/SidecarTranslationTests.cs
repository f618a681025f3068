using System.Net;
using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Policies;

namespace Fairway.Model.Tests.Hcn;

/// <summary>L4WFPPROXY: read, returned, changed.</summary>
public sealed class SidecarTranslationTests
{
    private const string Both = """{"Type":"L4WFPPROXY","Settings":{"InboundProxyPort":"15006","OutboundProxyPort":"15001","FilterTuple":{"Protocols":"6"},"UserSID":"S-1-22-1-1337"}}""";
    private const string Whole = """
        {"Type":"L4WFPPROXY","Settings":{"InboundProxyPort":"15006","OutboundProxyPort":"15001","FilterTuple":{"Protocols":"6","RemoteAddresses":"10.0.0.0/8,fd00::9","Priority":8},"UserSID":"1337","InboundExceptions":{"IpAddressExceptions":["10.11.12.13"],"PortExceptions":["23"]},"OutboundExceptions":{"IpAddressExceptions":["fd00::/64"],"PortExceptions":["53","8000-8099"]},"Comment":"x"}}
        """;

    [Fact]
    public void Policy_BecomesASidecar_AndIsReturned()
    {
        var spec = Read($$"""{"Policies":[{{Whole}}]}""");
        var sidecar = new Sidecar
        {
            InboundPort = 15006,
            OutboundPort = 15001,
            User = 1337,
            RemotePrefixes = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::9/128")],
            InboundExceptions = new SidecarExceptions { Prefixes = [IPNetwork.Parse("10.11.12.13/32")], Ports = [new PortInterval(23, 23)] },
            OutboundExceptions = new SidecarExceptions { Prefixes = [IPNetwork.Parse("fd00::/64")], Ports = [new PortInterval(53, 53), new PortInterval(8000, 8099)] },
        };
        Assert.Equal(sidecar, spec.Sidecar);
        // As it was sent, members the schema does not have and the priority of the only one included.
        Assert.Equal([Whole.Trim()], Written(spec));
        // And the same when it was set otherwise.
        Assert.Equal(sidecar, Read($$"""{"Policies":[{{Assert.Single(Written(spec with { Document = null }))}}]}""").Sidecar);
        Assert.Equal([Both], Written(Read($$"""{"Policies":[{{Both}}]}""") with { Document = null }));
    }

    [Theory]
    [InlineData("""{}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings: the sidecar gets nothing; give the port that gets what is called, the port that gets callers, or both")]
    [InlineData("""{"OutboundProxyPort":"0"}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.OutboundProxyPort: '0' is no port; write a number from 1 to 65535", "$.Policies[0].Settings: the sidecar gets nothing; give the port that gets what is called, the port that gets callers, or both")]
    [InlineData("""{"OutboundProxyPort":"1","InboundProxyPort":"65536"}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.InboundProxyPort: '65536' is no port; write a number from 1 to 65535")]
    [InlineData("""{"OutboundProxyPort":"1","UserSID":"S-1-5-32-556"}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.UserSID: 'S-1-5-32-556' is no user of Linux; write the number of the user the proxy runs as, like 1337 or S-1-22-1-1337")]
    [InlineData("""{"OutboundProxyPort":"1","UserSID":"4294967295"}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.UserSID: 4294967295 is the number of no user; give the proxy's, or leave it out")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"Protocols":"17"}}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.FilterTuple.Protocols: protocol 17 (udp) has no connections a proxy could be given; write 6 (TCP), or leave the protocols out")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"Protocols":"tcp,udp"}}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.FilterTuple.Protocols: protocol 17 (udp) has no connections a proxy could be given; write 6 (TCP), or leave the protocols out")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"Protocols":"x"}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.FilterTuple.Protocols: 'x' is no protocol; write a number from 0 to 255 or a name like tcp")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"LocalAddresses":"10.1.0.2"}}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.FilterTuple.LocalAddresses: the addresses of the policy's own endpoint are meant; leave the local addresses out")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"IcmpTypes":"8"}}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.FilterTuple.IcmpTypes: ICMP has no connections a proxy could be given; leave the types out")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"RemoteAddresses":"web"}}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.FilterTuple.RemoteAddresses: 'web' is a set of addresses, which are for access rules; write addresses and prefixes")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"RemotePorts":"x"}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.FilterTuple.RemotePorts: 'x' is no port; write a number from 0 to 65535, or a range like 8000-8099")]
    [InlineData("""{"OutboundProxyPort":"1","FilterTuple":{"LocalPorts":"80"}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.FilterTuple.LocalPorts: the port a process calls from is chosen after it has called; leave the local ports out, or the port that gets what is called")]
    [InlineData("""{"InboundProxyPort":"1","FilterTuple":{"RemotePorts":"80"}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.FilterTuple.RemotePorts: the ports of callers are chosen at random; leave the remote ports out, or the port that gets callers")]
    [InlineData("""{"InboundProxyPort":"1","InboundExceptions":{"IpAddressExceptions":["10.1.0.2/16"]}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.InboundExceptions.IpAddressExceptions[0]: '10.1.0.2/16' has host bits set; write 10.1.0.0/16")]
    [InlineData("""{"InboundProxyPort":"1","InboundExceptions":{"IpAddressExceptions":["web"]}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.InboundExceptions.IpAddressExceptions[0]: 'web' is no address; write addresses and prefixes")]
    [InlineData("""{"OutboundProxyPort":"1","OutboundExceptions":{"PortExceptions":["http"]}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.OutboundExceptions.PortExceptions[0]: 'http' is no port; write a number from 0 to 65535, or a range like 8000-8099")]
    [InlineData("""{"OutboundProxyPort":"1","OutboundExceptions":{"PortExceptions":["1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33,35,37,39,41,43,45,47,49,51,53,55,57,59,61,63"]}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.OutboundExceptions.PortExceptions: the ports fall into 33 intervals, and a sidecar has at most 32; give fewer, or ranges")]
    public void Policy_Wrong_SaysWhatAndWhere(string settings, uint code, params string[] expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Policies":[{"Type":"L4WFPPROXY","Settings":{{settings}}}]}"""));
        Assert.Equal(expected, error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void Policy_GivenTwice_IsRefused()
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Policies":[{{Both}},{{Both}}]}"""));
        Assert.Equal(("$.Policies[1].Type", HcnErrorCode.PolicyAlreadyExists), (error.Findings.Single().Path, error.HcnCode));
    }

    [Fact]
    public void Endpoint_ThatHasNoProcessesHere_RefusesIt()
    {
        var machine = Assert.Throws<FairwayException>(() => Read($$$"""{"AdditionalParams":{"VirtualNic":{}},"Policies":[{{{Both}}}]}"""));
        Assert.Equal(["$.Policies[0].Settings: a virtual machine's processes are seen by nobody outside of it; leave the sidecar out, and lead connections to a proxy inside the machine"], machine.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        var spec = new EndpointSpec { NetworkId = SampleTests.Web.Spec.Id, Sidecar = new Sidecar { InboundPort = 1 } };
        foreach (var (other, code) in ((EndpointSpec, uint)[])
            [
                (spec with { HandedOver = true }, HcnErrorCode.InvalidPolicy),
                (spec with { ProviderAddress = IPAddress.Parse("192.0.2.9"), Addresses = [IPAddress.Parse("10.1.0.9")], MacAddress = new Model.Addressing.MacAddress(0x02_00_00_00_00_01UL) }, HcnErrorCode.InvalidRemoteEndpointOperation),
            ])
        {
            var finding = Assert.Single(Model.Validation.EndpointSpecValidator.Validate(other));
            Assert.Equal(("$.Sidecar", code), (finding.Path, finding.HcnCode));
        }
    }

    [Fact]
    public void Modification_AddsRemovesReplacesAndResets()
    {
        var spec = Read("""{"Name":"c"}""");
        var added = Change("Add", Both).For(spec);
        Assert.Equal(15001, added.Sidecar!.OutboundPort);
        Assert.Equal(HcnErrorCode.PolicyAlreadyExists, Assert.Throws<FairwayException>(() => Change("Add", Both).For(added)).HcnCode);
        Assert.Null(Change("Remove", Both).For(added).Sidecar);
        Assert.Equal(HcnErrorCode.PolicyNotFound, Assert.Throws<FairwayException>(() => Change("Remove", Whole).For(added)).HcnCode);
        Assert.Equal(added.Sidecar, Change("Remove", "").For(added).Sidecar);
        Assert.Equal(2, Change("Update", Whole).For(added).Sidecar!.RemotePrefixes.Length);
        Assert.Null(Change("Update", "").For(added).Sidecar);
        Assert.Null(EndpointModification.Read("""{"RequestType":"Reset","ResourceType":"Policy"}"""u8).Settings.For(added).Sidecar);
    }

    private static EndpointSettings Change(string type, string policies) =>
        EndpointModification.Read(Encoding.UTF8.GetBytes($$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policies}}}]}}""")).Settings;

    private static EndpointSpec Read(string json) => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);

    private static IEnumerable<string> Written(EndpointSpec spec) => HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), SampleTests.Web).Policies!
        .Select(policy => $$"""{"Type":"{{policy.Type}}","Settings":{{policy.Settings!.Value.GetRawText()}}}""");
}
