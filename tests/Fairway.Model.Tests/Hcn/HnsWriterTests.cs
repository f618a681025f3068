using System.Text;
using System.Text.Json;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Json;
using Fairway.Model.Networks;
using Fairway.Model.Policies;

namespace Fairway.Model.Tests.Hcn;

/// <summary>What clients of HNS get: documents of schema 1, from what documents of schema 1 made. They can be sent again as they are.</summary>
public sealed class HnsWriterTests
{
    private static readonly Guid s_picked = Guid.Parse("11111111-2222-4333-8444-555555555555");

    [Theory]
    [InlineData("network-hns-docker-nat")]
    [InlineData("network-hns-azure-vlan")]
    [InlineData("network-hns-calico-vxlan")]
    public void Network_IsReturnedAsClientsOfHnsReadIt(string name)
    {
        var spec = HcnNetworkTranslation.ToSpec(HcnReader.ReadHnsNetwork(Sample.Bytes($"Hcn/{name}.json"))) with { Id = s_picked };
        var returned = HnsNetworkWriter.Write(new Network(spec, 1, 1500, 1), HcnNetworkTranslation.ToDocument(new Network(spec, 1, 1500, 1)), endpoints: 3);
        Sample.AssertGolden($"Hcn/{name}.hns.json", Indented(returned));
        var again = HcnNetworkTranslation.ToSpec(HcnReader.ReadHnsNetwork(HcnJson.WriteUtf8(returned)));
        Assert.Equal(FairwayJson.Serialize(spec with { Document = null }), FairwayJson.Serialize(again with { Document = null }));
    }

    [Theory]
    [InlineData("endpoint-hns-docker")]
    [InlineData("endpoint-hns-winbridge")]
    public void Endpoint_IsReturnedAsClientsOfHnsReadIt(string name)
    {
        var (endpoint, returned) = Stored(Encoding.UTF8.GetString(Sample.Bytes($"Hcn/{name}.json")));
        Sample.AssertGolden($"Hcn/{name}.hns.json", Indented(returned));
        // A client that adds a policy sends all of it.
        var update = HnsEndpointUpdate.Read(HcnJson.WriteUtf8(returned), returned);
        Assert.True(update.For(endpoint) is { Withdraw.IsEmpty: true, Publish.IsEmpty: true });
        Assert.Equal(FairwayJson.Serialize(endpoint.Spec), FairwayJson.Serialize(update.Settings.For(endpoint.Spec)));
    }

    /// <summary>Docker reads the protocol of a mapping as a word, and everything else of schema 1 as it sends it.</summary>
    [Theory]
    [InlineData("""{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8080,"ExternalPortReserved":true}""")]
    [InlineData("""{"Type":"NAT","Protocol":"UDP","InternalPort":80,"ExternalPort":8080,"VIP":"192.0.2.9","Note":"x"}""")]
    [InlineData("""{"Type":"OutBoundNAT","VIP":"192.0.2.9","ExceptionList":["10.0.0.0/8"],"Destinations":["0.0.0.0/0"]}""")]
    [InlineData("""{"Type":"ROUTE","DestinationPrefix":"10.9.0.0/16","NextHop":"192.0.2.1","NeedEncap":false}""")]
    [InlineData("""{"Type":"QOS","MaximumOutgoingBandwidthInBytes":1250000}""")]
    [InlineData("""{"Type":"PROXY","IP":"203.0.113.0/24","Port":"80","ExceptionList":["203.0.113.9"],"Destination":"198.51.100.9:8080","OutboundNat":true}""")]
    [InlineData("""{"Type":"L4WFPPROXY","InboundProxyPort":"15006","OutboundProxyPort":"15001","UserSID":"S-1-22-1-1337"}""")]
    public void Policy_IsReturnedAsItWasSent(string policy) =>
        Assert.Equal([policy], Stored($$"""{"VirtualNetwork":"{{SampleTests.Web.Spec.Id}}","Policies":[{{policy}}]}""").Returned.Policies!.Select(flat => flat.GetRawText()));

    [Theory]
    [InlineData("""{"Type":"ACL","Protocol":6,"LocalPort":80,"Action":"Allow","Direction":"In","Priority":5}""", "6", "80", null)]
    [InlineData("""{"Type":"ACL","Protocols":"6,17","LocalPorts":"80,443","Action":"Allow","Direction":"In"}""", "6,17", "80,443", null)]
    [InlineData("""{"Type":"acl","protocol":17,"InternalPort":53,"RemotePort":1000,"Action":"Block","Direction":"In","ServiceName":""}""", "17", "53", "1000")]
    [InlineData("""{"Type":"ACL","Protocol":6,"Protocols":"6","LocalPort":0,"Action":"Allow","Direction":"In"}""", "6", null, null)]
    public void AccessRule_HasSingleValuesBesideLists(string policy, string protocols, string? local, string? remote)
    {
        var rule = Assert.Single(Read($$"""{"Policies":[{{policy}}]}""").Rules);
        Assert.Equal((protocols, local ?? "", remote ?? ""), (string.Join(',', rule.Protocols), string.Join(',', rule.LocalPorts), string.Join(',', rule.RemotePorts)));
    }

    [Theory]
    [InlineData("""{"Type":"ACL","Protocol":6,"Protocols":"17","Action":"Allow","Direction":"In"}""", "$.Policies[0].Protocol: Protocol is 6 and Protocols is '17'; give one of them")]
    [InlineData("""{"Type":"ACL","ServiceName":"http","Action":"Allow","Direction":"In"}""", "$.Policies[0].ServiceName: a rule for the service 'http' is not honoured by this release; give its ports")]
    [InlineData("""{"Type":"L2Driver","IP":"10.0.0.1","Port":"80"}""", "$.Policies[0]: policies of type L2Driver are not honoured by this release; endpoints have NAT, ACL, TierAcl, PA, QOS, OutBoundNAT, ROUTE, InterfaceParameters, PortName, PROXY and L4WFPPROXY")]
    [InlineData("""5""", "$.Policies[0]: the policy has no type; endpoints have NAT, ACL, TierAcl, PA, QOS, OutBoundNAT, ROUTE, InterfaceParameters, PortName, PROXY and L4WFPPROXY")]
    public void Policy_WithoutCounterpart_IsRefused(string policy, string expected) => AssertRefused(() => Read($$"""{"Policies":[{{policy}}]}"""), expected);

    [Fact]
    public void Endpoint_ThatIsAttached_TellsWhere()
    {
        var (endpoint, _) = Stored("{}");
        var attached = endpoint with { Spec = endpoint.Spec with { NamespaceId = s_picked, Owner = new Owner(HnsEndpointWriter.Engine, "c1"), Apart = true, EncapOverhead = 50 } };
        var written = HcnJson.Write(Write(attached));
        foreach (var member in (string[])["\"Namespace\":{\"ID\":\"11111111-2222-4333-8444-555555555555\"}", "\"SharedContainers\":[\"c1\"]", "\"DisableICC\":true", "\"EncapOverhead\":50", "\"VirtualNetworkName\":\"web\""])
            Assert.Contains(member, written, StringComparison.Ordinal);
        // hcsshim reads them into texts.
        Assert.Contains("\"AdditionalParams\":{\"InterfaceName\":\"eth0\"}", HcnJson.Write(Write(attached with { Spec = attached.Spec with { Aliases = ["www"] } })), StringComparison.Ordinal);
        Assert.DoesNotContain("SharedContainers", HcnJson.Write(Write(attached with { Spec = attached.Spec with { NamespaceId = null } })), StringComparison.Ordinal);
    }

    [Fact]
    public void Update_ReplacesPolicies_AndNothingElse()
    {
        var (endpoint, present) = Stored("""{"IPAddress":"10.1.0.7","Policies":[{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8080},{"Type":"QOS","MaximumOutgoingBandwidthInBytes":1250000}]}""");
        var update = Update("""{"Type":"ACL","Action":"Allow","Direction":"In","Protocol":6}""", """{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8081}""");
        Assert.Equal((ModifyRequestType.Update, 1, 1, true), (update.RequestType, update.For(endpoint).Withdraw.Length, update.For(endpoint).Publish.Length, update.IsAboutRules));
        Assert.Single(update.Rules);
        Assert.Null(update.Settings.For(endpoint.Spec).Bandwidth);
        // hcsshim leaves out what is empty.
        Assert.Single(HnsEndpointUpdate.Read("{}"u8, present).For(endpoint).Withdraw);

        AssertRefused(() => Update("""{"Type":"ROUTE","DestinationPrefix":"10.9.0.0/16"}"""), "$.Policies[0].NextHop: the route has no next hop; give the address of a router");
        AssertRefused(() => Update("""{"Type":"PA","PA":"192.0.2.1"}"""), "$.Policies: the policy PA cannot change; delete the endpoint and create it anew");
        foreach (var other in (string[])["\"IPAddress\":\"10.1.0.8\"", "\"VirtualNetwork\":\"11111111-2222-4333-8444-555555555555\"", "\"DisableICC\":true", "\"Colour\":\"red\"", "\"EncapOverhead\":50"])
        {
            AssertRefused(() => HnsEndpointUpdate.Read(Encoding.UTF8.GetBytes($"{{{other}}}"), present),
                $"$.{other.Split('"')[1]}: an update changes policies only; leave the member as it is, or delete the endpoint and create it anew");
        }

        EndpointModification Update(params string[] policies) =>
            HnsEndpointUpdate.Read(Encoding.UTF8.GetBytes($$"""{"ID":"{{endpoint.Spec.Id}}","IPAddress":"10.1.0.7","DisableICC":false,"Policies":[{{string.Join(',', policies)}}]}"""), present);
    }

    private static EndpointSpec Read(string json) => HcnEndpointTranslation.ToSpec(HcnReader.ReadHnsEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);

    private static (Endpoint Endpoint, HnsEndpoint Returned) Stored(string json)
    {
        var spec = Read(json);
        var endpoint = SampleTests.Stored(spec);
        endpoint = endpoint with { Spec = endpoint.Spec with { Rules = [] } };
        return (endpoint, Write(endpoint, PolicySet.Empty(endpoint.Spec.Id).With(PolicyChange.Add(spec.Rules), out _)));
    }

    private static HnsEndpoint Write(Endpoint endpoint, PolicySet? rules = null) =>
        HnsEndpointWriter.Write(endpoint, SampleTests.Web, HcnEndpointTranslation.ToDocument(endpoint, SampleTests.Web, policies: rules ?? PolicySet.Empty(endpoint.Spec.Id)));

    private static void AssertRefused(Func<object> read, string expected) =>
        Assert.Equal([expected], Assert.Throws<FairwayException>(read).Findings.Select(finding => $"{finding.Path}: {finding.Message}"));

    private static string Indented<T>(T document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = HcnJson.Options.Encoder }))
            JsonSerializer.Serialize(writer, document, HcnJson.Options.GetTypeInfo(typeof(T)));
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
