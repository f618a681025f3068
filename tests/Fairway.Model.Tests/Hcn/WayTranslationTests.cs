using System.Net;
using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;

namespace Fairway.Model.Tests.Hcn;

/// <summary>OutBoundNAT, SDNRoute and QOS: read, returned, changed.</summary>
public sealed class WayTranslationTests
{
    private const string Nat = """{"Type":"OutBoundNAT","Settings":{"VirtualIP":"192.0.2.9","Destinations":["0.0.0.0/0"],"Exceptions":["10.0.0.0/8"],"Flags":0,"MaxPortPoolUsage":25}}""";
    private const string Nat6 = """{"Type":"OutBoundNAT","Settings":{"Exceptions":["fd00::/8"],"Flags":2}}""";
    private const string Route = """{"Type":"SDNRoute","Settings":{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","NeedEncap":false}}""";
    private const string Limit = """{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":1250000}}""";

    [Fact]
    public void Policies_BecomeSettings_AndAreReturned()
    {
        var spec = Read($$"""{"Policies":[{{Nat}},{{Nat6}},{{Route}},{{Limit}}]}""");

        var v4 = new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.9"), Exceptions = [IPNetwork.Parse("10.0.0.0/8")], Destinations = [IPNetwork.Parse("0.0.0.0/0")], MaxPortPoolUsage = 25 };
        Assert.Equal([v4, new OutboundNat { IPv6 = true, Exceptions = [IPNetwork.Parse("fd00::/8")] }], spec.OutboundNat);
        Assert.Equal([new SwitchRoute(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("192.0.2.1"))], spec.SwitchRoutes);
        Assert.Equal(new BandwidthLimits { OutgoingRate = 10_000_000 }, spec.Bandwidth);
        Assert.Equal([Nat, Nat6, Route, Limit], Written(spec));
        // And the same when they were set otherwise.
        Assert.Equal([Nat, Nat6, Route, Limit], Written(spec with { Document = null }));
    }

    [Fact]
    public void MembersTheSchemaDoesNotHave_AreReturned()
    {
        const string Sent = """{"Type":"SDNRoute","Settings":{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","Comment":"x"}}""";
        Assert.Equal([Sent], Written(Read($$"""{"Policies":[{{Sent}}]}""")));
    }

    [Theory]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"VirtualIP":"x"}}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.VirtualIP: 'x' is not an IP address")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"VirtualIP":"10.0.0.1","Flags":2}}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.VirtualIP: address 10.0.0.1 is not IPv6, of which the policy is; give a second policy without the flag IPv6 (2)")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"VirtualIP":"224.0.0.1"}}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.VirtualIP: nothing leaves with address 224.0.0.1, which belongs to 224.0.0.0/4, reserved for multicast; use an address of the host, or one routed to it")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Destinations":["10.0.0.1"]}}""", HcnErrorCode.InvalidPrefix, "$.Policies[0].Settings.Destinations[0]: '10.0.0.1' has no prefix length; write 10.0.0.1/32 for this one address")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Destinations":["10.0.0.0/8"],"Exceptions":["10.0.0.0/8"]}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Exceptions[0]: 10.0.0.0/8 is a destination too; say one of both")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Exceptions":["10.0.0.0/8","10.0.0.0/8"]}}""", HcnErrorCode.InvalidPrefix, "$.Policies[0].Settings.Exceptions[1]: 10.0.0.0/8 is given twice; give it once")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"MaxPortPoolUsage":200}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.MaxPortPoolUsage: 200 percent of the translation ports are out of range; use 1 to 100")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Flags":4}}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.Flags: flag ExternalPortReserved (4) is not honoured by this release; leave it out")]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Exceptions":"10.0.0.0/8"}}""", HcnErrorCode.InvalidJson, "$.Policies[0].Settings.Exceptions: the value is not an array")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"x","NextHop":"192.0.2.1"}}""", HcnErrorCode.InvalidPrefix, "$.Policies[0].Settings.DestinationPrefix: 'x' is not a prefix: 'x' is not an IP address")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16"}}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.NextHop: the route has no next hop; give the address of a router")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16","NextHop":"y"}}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.NextHop: 'y' is not an IP address")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16","NextHop":"fd00::1"}}""", HcnErrorCode.InvalidIp, "$.Policies[0].Settings.NextHop: next hop fd00::1 is not of the family of 10.9.0.0/16; give one that is")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16","NextHop":"127.0.0.1"}}""", HcnErrorCode.AddressInvalidOrReserved, "$.Policies[0].Settings.NextHop: next hop 127.0.0.1 belongs to 127.0.0.0/8, reserved for loopback; give the address of a router")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16","NextHop":"10.1.0.9"}}""", HcnErrorCode.AddressInvalidOrReserved, "$.Policies[0].Settings.NextHop: next hop 10.1.0.9 is in the network's own subnet 10.1.0.0/16, whose endpoints route nothing; give a neighbour of the host")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16","NextHop":"192.0.2.1","NeedEncap":true}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.NeedEncap: network 'web' is nat and encapsulates nothing; leave NeedEncap out")]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16","NextHop":"192.0.2.1","AutomaticEndpointMonitor":true}}""", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.AutomaticEndpointMonitor: routes do not follow endpoints in this release; leave the member out")]
    [InlineData("""{"Type":"QOS","Settings":{}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.MaximumOutgoingBandwidthInBytes: the policy has no bandwidth; give bytes a second")]
    [InlineData("""{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":124}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.MaximumOutgoingBandwidthInBytes: 124 bytes a second are out of range; use 125 to 1250000000000")]
    [InlineData("""{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":18446744073709551615}}""", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.MaximumOutgoingBandwidthInBytes: 18446744073709551615 bytes a second are out of range; use 125 to 1250000000000")]
    public void Policy_Wrong_SaysWhatAndWhere(string policy, uint code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Policies":[{{policy}}]}"""));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Theory]
    [InlineData(NetworkType.Internal, null, Nat, "$.Policies[0].Settings: network 'web' is internal, and its endpoints' packets are not translated; use one of type Nat, Overlay or L2Bridge")]
    [InlineData(NetworkType.Transparent, null, Nat, "$.Policies[0].Settings: network 'web' is transparent, and its endpoints' packets are not translated; use one of type Nat, Overlay or L2Bridge")]
    [InlineData(NetworkType.L2Bridge, 7, Nat, "$.Policies[0].Settings: network 'web' is on VLAN 7, whose packets are not translated; leave the policy out")]
    [InlineData(NetworkType.L2Tunnel, null, Route, "$.Policies[0].Settings: network 'web' is l2tunnel, for which the switch has no routes; use one of type Nat, Overlay or L2Bridge")]
    [InlineData(NetworkType.L2Bridge, 7, Route, "$.Policies[0].Settings: network 'web' is on VLAN 7, where the switch has no routes; leave the route out")]
    [InlineData(NetworkType.Overlay, null, Route, "$.Policies[0].Settings.NeedEncap: what leaves an endpoint of overlay network 'web' for a next hop is encapsulated; set NeedEncap")]
    public void Network_ThatHasNoSuchThing_RefusesIt(NetworkType type, int? vlan, string policy, string expected)
    {
        var network = SampleTests.Web with { Spec = SampleTests.Web.Spec with { Type = type, Vlan = vlan } };
        var error = Assert.Throws<FairwayException>(() => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes($$"""{"Policies":[{{policy}}]}""")), network));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
    }

    [Fact]
    public void Routes_ByTheGateway_AreKept_AndReturned()
    {
        var spec = Read("""{"Routes":[{"NextHop":"10.1.0.1","DestinationPrefix":"10.9.0.0/16","Metric":7},{"NextHop":"fd00:10:1::1","DestinationPrefix":"fd00:9::/32"}]}""");
        Assert.Equal([new EndpointRoute(IPNetwork.Parse("10.9.0.0/16"), 7), new EndpointRoute(IPNetwork.Parse("fd00:9::/32"))], spec.Routes);
        var endpoint = SampleTests.Stored(spec) with { Addresses = [new EndpointAddress(IPAddress.Parse("10.1.0.2"), 16), new EndpointAddress(IPAddress.Parse("fd00:10:1::2"), 64)] };
        Assert.Equal(["0.0.0.0/0 10.1.0.1 ", "::/0 fd00:10:1::1 ", "10.9.0.0/16 10.1.0.1 7", "fd00:9::/32 fd00:10:1::1 "],
            HcnEndpointTranslation.ToDocument(endpoint, SampleTests.Web).Routes!.Select(route => $"{route.DestinationPrefix} {route.NextHop} {route.Metric}"));
    }

    /// <summary>Those by the gateway are how it is; those by another router are the switch's, for all endpoints of the subnet.</summary>
    [Fact]
    public void Routes_OfASubnet_AreKept_AndReturned()
    {
        const string Routes = """[{"NextHop":"10.1.0.1","DestinationPrefix":"0.0.0.0/0"},{"NextHop":"10.1.0.1","DestinationPrefix":"10.7.0.0/16"},{"NextHop":"192.0.2.1","DestinationPrefix":"10.9.0.0/16"}]""";
        var spec = HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes($$"""{"Name":"n","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Routes":{{Routes}}}]}]}""")));
        Assert.Equal([new SwitchRoute(IPNetwork.Parse("10.9.0.0/16"), IPAddress.Parse("192.0.2.1"))], spec.Subnets[0].Routes);
        Assert.Contains(Routes, Written(spec), StringComparison.Ordinal);
        Assert.Contains("""[{"NextHop":"10.1.0.1","DestinationPrefix":"0.0.0.0/0"},{"NextHop":"192.0.2.1","DestinationPrefix":"10.9.0.0/16"}]""", Written(spec with { Document = null }), StringComparison.Ordinal);
        // What leaves an overlay is encapsulated.
        var overlay = HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork("""{"Name":"n","Type":"Overlay","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Policies":[{"Type":"VSID","Settings":{"IsolationId":5000}}],"Routes":[{"NextHop":"10.1.0.9","DestinationPrefix":"10.9.0.0/16"}]}]}]}"""u8));
        Assert.True(overlay.Subnets[0].Routes.Single().Encapsulate);
        foreach (var (type, words) in ((string, string)[])[("Internal", "have no way out"), ("L2Tunnel", "for which the switch has no routes")])
        {
            Assert.Contains(words, Assert.Throws<FairwayException>(() => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(
                $$"""{"Name":"n","Type":"{{type}}","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Routes":{{Routes}}}]}]}""")))).Message, StringComparison.Ordinal);
        }

        static string Written(NetworkSpec spec) => Model.Hcn.Wire.HcnJson.Write(HcnNetworkTranslation.ToDocument(new Network(spec with { Id = Guid.NewGuid() }, 1, 1500, 1)));
    }

    [Fact]
    public void DisableInterComputeCommunication_IsRead_AndReturned_AndNotForANextHopToDecide()
    {
        var spec = Read("""{"Flags":2}""");
        Assert.True(spec.Apart);
        Assert.Equal(2u, (uint)HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec with { Document = null }), SampleTests.Web).Flags!.Value);
        var tunnel = SampleTests.Web with { Spec = SampleTests.Web.Spec with { Type = NetworkType.L2Tunnel } };
        var error = Assert.Throws<FairwayException>(() => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint("""{"Flags":2}"""u8), tunnel));
        Assert.Equal((HcnErrorCode.RequestUnsupported, "$.Flags"), (error.HcnCode, error.Findings[0].Path));
    }

    [Fact]
    public void Modification_AddsRemovesReplacesAndResets()
    {
        var spec = Read($$"""{"Policies":[{{Nat}}]}""");

        var added = Change("Add", $"{Nat6},{Route},{Limit}").For(spec);
        Assert.Equal((2, 1, 10_000_000), (added.OutboundNat.Length, added.SwitchRoutes.Length, added.Bandwidth!.OutgoingRate));
        var removed = Change("Remove", $"{Nat},{Limit}").For(added);
        Assert.Equal((true, 1, null), (removed.OutboundNat.Single().IPv6, removed.SwitchRoutes.Length, removed.Bandwidth));
        var updated = Change("Update", Route).For(added);
        Assert.Equal((0, 1, null), (updated.OutboundNat.Length, updated.SwitchRoutes.Length, updated.Bandwidth));
        var reset = EndpointModification.Read("""{"RequestType":"Reset","ResourceType":"Policy"}"""u8).Settings.For(added);
        Assert.Equal((0, 0, null), (reset.OutboundNat.Length, reset.SwitchRoutes.Length, reset.Bandwidth));
        Assert.True(Change("Add", "").IsEmpty);
    }

    [Fact]
    public void Limits_OfOurs_OutliveThoseOfHcn()
    {
        var spec = new EndpointSpec { NetworkId = SampleTests.Web.Spec.Id, Bandwidth = new BandwidthLimits { IncomingRate = 5_000_000, OutgoingRate = 10_000_000, OutgoingBurst = 80_000 } };
        Assert.Equal(new BandwidthLimits { IncomingRate = 5_000_000 }, Change("Remove", Limit).For(spec).Bandwidth);
        Assert.Equal(spec.Bandwidth, Change("Update", Limit).For(spec).Bandwidth);
    }

    [Theory]
    [InlineData("Remove", Nat6, ErrorKind.NotFound, HcnErrorCode.PolicyNotFound, "it has no such policy OutBoundNAT; give it as the endpoint shows it")]
    [InlineData("Remove", Route, ErrorKind.NotFound, HcnErrorCode.PolicyNotFound, "it has no route to 203.0.113.0/24 by 192.0.2.1; give it as the endpoint shows it")]
    [InlineData("Remove", """{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":1251}}""", ErrorKind.NotFound, HcnErrorCode.PolicyNotFound, "it has no such policy QOS; give it as the endpoint shows it")]
    [InlineData("Add", Limit, ErrorKind.AlreadyExists, HcnErrorCode.PolicyAlreadyExists, "it has a policy QOS already; remove that, or replace all by Update")]
    public void Modification_ThatCannotBe_IsRefused(string type, string policy, ErrorKind kind, uint code, string words)
    {
        var spec = Read($$"""{"Name":"c","Policies":[{{Nat}},{{Limit}}]}""");
        var error = Assert.Throws<FairwayException>(() => Change(type, policy).For(spec));
        Assert.Equal((kind, code, $"modify endpoint 'c': {words}"), (error.Kind, error.HcnCode, error.Message));
    }

    private static EndpointSettings Change(string type, string policies) =>
        EndpointModification.Read(Encoding.UTF8.GetBytes($$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policies}}}]}}""")).Settings;

    private static EndpointSpec Read(string json) => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);

    private static IEnumerable<string> Written(EndpointSpec spec) => HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), SampleTests.Web).Policies!
        .Select(policy => $$"""{"Type":"{{policy.Type}}","Settings":{{policy.Settings!.Value.GetRawText()}}}""");
}
