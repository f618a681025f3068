using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;

namespace Fairway.Model.Tests.Hcn;

/// <summary>InterfaceParameters and PortName: read, returned, changed. OutBoundNAT of networks. LocalRoutedVip of mappings.</summary>
public sealed class InterfaceTranslationTests
{
    private const string Mtu = """{"Type":"InterfaceParameters","Settings":{"Mtu":1400}}""";
    private const string Name = """{"Type":"PortName","Settings":{"Name":"web-1"}}""";
    private const string Nat = """{"Type":"OutBoundNAT","Settings":{"VirtualIP":"192.0.2.9","Exceptions":["10.0.0.0/8"],"Flags":0}}""";
    private const string Nat6 = """{"Type":"OutBoundNAT","Settings":{"Exceptions":["fd00::/8"],"Flags":2}}""";

    [Fact]
    public void Policies_BecomeSettings_AndAreReturned()
    {
        var spec = Read($$"""{"Policies":[{{Mtu}},{{Name}}]}""");
        Assert.Equal((1400, "web-1"), (spec.Mtu, spec.PortName));
        Assert.Equal([Mtu, Name], Written(spec));
        Assert.Equal([Mtu, Name], Written(spec with { Document = null }));
        const string Sent = """{"Type":"PortName","Settings":{"Name":"web-1","Comment":"x"}}""";
        Assert.Equal([Sent], Written(Read($$"""{"Policies":[{{Sent}}]}""")));
    }

    [Theory]
    [InlineData("""{"Type":"InterfaceParameters","Settings":{}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Mtu: the policy has no MTU; give bytes")]
    [InlineData("""{"Type":"InterfaceParameters","Settings":{"Mtu":1279}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Mtu: an MTU of 1279 bytes is out of range in network 'web'; use 1280 to 1500 (IPv6 needs 1280)")]
    [InlineData("""{"Type":"InterfaceParameters","Settings":{"Mtu":1501}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Mtu: an MTU of 1501 bytes is out of range in network 'web'; use 1280 to 1500 (IPv6 needs 1280)")]
    [InlineData("""{"Type":"InterfaceParameters","Settings":{"Mtu":1400}},{"Type":"InterfaceParameters","Settings":{"Mtu":1400}}""", HcnErrorCode.InterfaceParametersAlreadyApplied, "$.Policies[1].Type: policy InterfaceParameters is given twice; give it once")]
    [InlineData("""{"Type":"InterfaceParameters","Settings":{"Mtu":1400}},{"Type":"EncapOverhead","Settings":{"Overhead":50}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Mtu: the MTU is said twice, by InterfaceParameters and by EncapOverhead; give one of them")]
    [InlineData("""{"Type":"PortName","Settings":{}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Name: the policy has no name; give one")]
    [InlineData("""{"Type":"PortName","Settings":{"Name":"a b"}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Name: the port name 'a b' contains a space; use 1 to 127 printable ASCII characters without '/', ':', '%' and spaces")]
    [InlineData("""{"Type":"PortName","Settings":{"Name":"x-endpoint-71cd3b741a0a447ebf9e3716c6652176"}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Name: the port name 'x-endpoint-71cd3b741a0a447ebf9e3716c6652176' reads as a mark of Fairway's own; choose one that does not end in an id")]
    [InlineData("""{"Type":"PortName","Settings":{"Name":"a"}},{"Type":"PortName","Settings":{"Name":"b"}}""", HcnErrorCode.PolicyAlreadyExists, "$.Policies[1].Type: policy PortName is given twice; give it once")]
    public void Policy_Wrong_SaysWhatAndWhere(string policies, uint code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Policies":[{{policies}}]}"""));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void Modification_AddsRemovesReplacesAndResets()
    {
        var spec = Read("{}");
        var added = Change("Add", $"{Mtu},{Name}").For(spec);
        Assert.Equal((1400, "web-1"), (added.Mtu, added.PortName));
        Assert.Equal((null, "web-1"), (Change("Remove", Mtu).For(added).Mtu, Change("Remove", Mtu).For(added).PortName));
        Assert.Equal((null, "web-1"), (Change("Update", Name).For(added).Mtu, Change("Update", Name).For(added).PortName));
        var reset = EndpointModification.Read("""{"RequestType":"Reset","ResourceType":"Policy"}"""u8).Settings.For(added);
        Assert.Equal((null, null), (reset.Mtu, reset.PortName));
    }

    [Theory]
    [InlineData("Add", Mtu, ErrorKind.AlreadyExists, HcnErrorCode.InterfaceParametersAlreadyApplied, "it has a policy InterfaceParameters already; remove that, or replace all by Update")]
    [InlineData("Add", Name, ErrorKind.AlreadyExists, HcnErrorCode.PolicyAlreadyExists, "its port has a name already, 'web-1'; remove that, or replace all by Update")]
    [InlineData("Remove", """{"Type":"InterfaceParameters","Settings":{"Mtu":1300}}""", ErrorKind.NotFound, HcnErrorCode.PolicyNotFound, "it has no such policy InterfaceParameters; give it as the endpoint shows it")]
    [InlineData("Remove", """{"Type":"PortName","Settings":{"Name":"web-2"}}""", ErrorKind.NotFound, HcnErrorCode.PolicyNotFound, "it has no such policy PortName; give it as the endpoint shows it")]
    public void Modification_ThatCannotBe_IsRefused(string type, string policy, ErrorKind kind, uint code, string words)
    {
        var spec = Read($$"""{"Name":"c","Policies":[{{Mtu}},{{Name}}]}""");
        var error = Assert.Throws<FairwayException>(() => Change(type, policy).For(spec));
        Assert.Equal((kind, code, $"modify endpoint 'c': {words}"), (error.Kind, error.HcnCode, error.Message));
    }

    [Fact]
    public void Translation_OfANetwork_IsRead_Returned_AndChanged()
    {
        var spec = ReadNetwork($$"""{"Name":"web","Policies":[{{Nat}}]}""");
        Assert.Equal((1, "192.0.2.9"), (spec.OutboundNat.Length, $"{spec.OutboundNat[0].VirtualAddress}"));
        Assert.Equal([Nat], NetworkPolicies(spec));
        Assert.Equal([Nat], NetworkPolicies(spec with { Document = null }));

        var added = ChangeNetwork("Add", Nat6).For(spec);
        Assert.Equal([Nat, Nat6], NetworkPolicies(added));
        Assert.Equal([Nat6], NetworkPolicies(ChangeNetwork("Remove", Nat).For(added)));
        Assert.Equal([Nat6], NetworkPolicies(ChangeNetwork("Update", Nat6).For(added)));
        // An update about something else leaves them.
        var rules = NetworkModification.Read("""{"RequestType":"Update","ResourceType":"Policy","Settings":{"Policies":[{"Type":"SetPolicy","Settings":{"Id":"s","Name":"s","PolicyType":"IPSET","Values":"10.0.0.1"}}]}}"""u8);
        Assert.Equal((true, false), (rules.IsAboutRules, rules.IsAboutSettings));
        var reset = NetworkModification.Read("""{"RequestType":"Reset","ResourceType":"Policy"}"""u8);
        Assert.Equal((true, true, 0), (reset.IsAboutRules, reset.IsAboutSettings, reset.For(added).OutboundNat.Length));
        Assert.Equal(HcnErrorCode.PolicyNotFound, Assert.Throws<FairwayException>(() => ChangeNetwork("Remove", Nat6).For(spec)).HcnCode);
        // What the service finds is said of the request.
        var again = ChangeNetwork("Add", Nat);
        again.For(spec);
        Assert.Equal("$.Settings.Policies[0].Settings.VirtualIP", again.Explain(new FairwayException(ErrorKind.InvalidArgument, "x", "x") { Findings = [new Finding("$.OutboundNat[1].VirtualAddress", "x", null)] }).Findings[0].Path);
    }

    [Theory]
    [InlineData("Internal", Nat, HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings: network 'web' is internal, and its endpoints' packets are not translated; use one of type Nat, Overlay or L2Bridge")]
    [InlineData("NAT", Nat + "," + Nat, HcnErrorCode.PolicyAlreadyExists, "$.Policies[1].Settings: translation of IPv4 is given twice; give it once for each family")]
    public void Translation_OfANetwork_Wrong_SaysWhatAndWhere(string type, string policies, uint code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => ReadNetwork($$"""{"Name":"web","Type":"{{type}}","Policies":[{{policies}}]}"""));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Theory]
    [InlineData("""{"Protocol":6,"InternalPort":80,"ExternalPort":8080,"VIP":"203.0.113.7","Flags":1}""", true)]
    [InlineData("""{"Protocol":6,"InternalPort":80,"ExternalPort":8080,"VIP":"2001:db8::7","Flags":3}""", true)]
    [InlineData("""{"Protocol":6,"InternalPort":80,"ExternalPort":8080,"Flags":1}""", false)]
    public void LocalRoutedVip_IsRead_AndReturned(string mapping, bool isRouted)
    {
        var spec = Read($$"""{"Policies":[{"Type":"PortMapping","Settings":{{mapping}}}]}""");
        Assert.Equal(isRouted, Assert.Single(spec.Publications).IsRouted);
        Assert.Equal([$$"""{"Type":"PortMapping","Settings":{{mapping}}}"""], Written(spec));
    }

    private static EndpointSettings Change(string type, string policies) =>
        EndpointModification.Read(Encoding.UTF8.GetBytes($$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policies}}}]}}""")).Settings;

    private static NetworkModification ChangeNetwork(string type, string policies) =>
        NetworkModification.Read(Encoding.UTF8.GetBytes($$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policies}}}]}}"""));

    private static EndpointSpec Read(string json) => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);

    private static NetworkSpec ReadNetwork(string json) => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(json)));

    private static IEnumerable<string> Written(EndpointSpec spec) => HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), SampleTests.Web).Policies!
        .Select(policy => $$"""{"Type":"{{policy.Type}}","Settings":{{policy.Settings!.Value.GetRawText()}}}""");

    private static IEnumerable<string> NetworkPolicies(NetworkSpec spec) => HcnNetworkTranslation.ToDocument(new Network(spec, 1, 1500, 1)).Policies!
        .Select(policy => $$"""{"Type":"{{policy.Type}}","Settings":{{policy.Settings!.Value.GetRawText()}}}""");
}
