using System.Net;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Subnets and parts of subnets that come and go while endpoints run.</summary>
public sealed class SubnetChangeTests : OperationTest
{
    private static readonly IPNetwork s_more = IPNetwork.Parse("10.9.0.0/29");

    private IHostNetworking Networking => Host.Networking;

    [Fact]
    public async Task Subnet_IsAdded_WithAGateway_AndNewEndpointsHaveAnAddressOfIt()
    {
        var old = await CreateEndpointAsync("old", path: Foreign(1));
        var before = Host.Kernel.Endpoints[old.Spec.Id];
        var network = await AddAsync(new SubnetSpec(s_more));
        Assert.Equal(IPAddress.Parse("10.9.0.1"), network.Spec.Subnets[2].Gateway);
        Assert.Equal(["10.1.0.1", "fd00:1::1", "10.9.0.1"], Host.Kernel.Networks[network.Spec.Id].Gateways.Select(gateway => $"{gateway.Address}"));
        // What runs is not touched.
        Assert.Same(before, Host.Kernel.Endpoints[old.Spec.Id]);
        Assert.Equal(2, Networking.GetEndpoint("old").Addresses.Length);
        var made = await CreateEndpointAsync("new");
        Assert.Equal("10.9.0.2/29", $"{made.Addresses[2].Address}/{made.Addresses[2].PrefixLength}");

        await Host.RestartAsync();
        Assert.Equal(s_more, Networking.GetNetwork("web").Spec.Subnets[2].Prefix);
        Assert.Equal("10.9.0.3", $"{(await CreateEndpointAsync("newer")).Addresses[2].Address}");
    }

    [Fact]
    public async Task Subnet_InUse_IsNotRemoved_AndOneThatIsNotIs_WithItsRestingAddresses()
    {
        await AddAsync(new SubnetSpec(s_more));
        await CreateEndpointAsync("b");
        await CreateEndpointAsync("a");
        var refused = await Assert.ThrowsAsync<FairwayException>(() => RemoveAsync(s_more));
        Assert.Equal((ErrorKind.Conflict, HcnErrorCode.EntityHasReferences, "$.Subnets[2]"), (refused.Kind, refused.HcnCode, refused.Findings[0].Path));
        Assert.Equal("subnet 10.9.0.0/29 is in use: endpoint 'web/a' and 1 more have addresses in it; delete those first", refused.Findings[0].Message);
        await Networking.DeleteEndpointAsync("b", Cancellation);
        Assert.Contains("endpoint 'web/a' has an address in it; delete that first", (await Assert.ThrowsAsync<FairwayException>(() => RemoveAsync(s_more))).Message, StringComparison.Ordinal);
        await Networking.DeleteEndpointAsync("a", Cancellation);

        await RemoveAsync(s_more);
        Assert.Equal(2, Host.Kernel.Networks[Networking.GetNetwork("web").Spec.Id].Gateways.Length);
        // Leases that rest in a subnet that is not there could not be read again.
        await Host.RestartAsync();
        Assert.Equal(2, Networking.GetNetwork("web").Spec.Subnets.Length);
        // It comes back empty.
        await AddAsync(new SubnetSpec(s_more));
        Assert.Equal("10.9.0.2", $"{(await CreateEndpointAsync("c")).Addresses[2].Address}");
    }

    [Fact]
    public async Task Subnet_ThatOverlaps_IsRefused_AndNothingChanges()
    {
        await CreateNetworkAsync("other", "10.9.0.0/16");
        var revision = Networking.Revision;
        foreach (var (subnet, code, words) in ((SubnetSpec, uint, string)[])
        [
            (new SubnetSpec(IPNetwork.Parse("10.1.0.128/25")), HcnErrorCode.InvalidSubnet, "overlaps subnet 10.1.0.0/24 of the same network"),
            (new SubnetSpec(s_more), HcnErrorCode.InvalidSubnet, "overlaps network 'other' (10.9.0.0/16)"),
            (new SubnetSpec(IPNetwork.Parse("10.7.0.0/24"), IPAddress.Parse("10.8.0.1")), HcnErrorCode.AddressInvalidOrReserved, "is not in subnet 10.7.0.0/24"),
        ])
        {
            var refused = await Assert.ThrowsAsync<FairwayException>(() => AddAsync(subnet));
            Assert.Equal((code, true), (refused.Findings[0].HcnCode, refused.Findings[0].Message.Contains(words, StringComparison.Ordinal)));
            Assert.StartsWith("$.Subnets[2].", refused.Findings[0].Path, StringComparison.Ordinal);
        }
        Assert.Equal(revision, Networking.Revision);
        var last = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeNetworkAsync("other", spec => spec with { Subnets = [] }, Cancellation));
        Assert.Contains("subnet 10.9.0.0/16 is the last one of network 'other'", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_TheHostRefuses_IsTakenBack()
    {
        // Neighbours on the LAN are not translated for, so that the ways of endpoints follow the subnets.
        var lan = await CreateNetworkAsync(new NetworkSpec { Name = "lan", Type = NetworkType.L2Bridge, Uplink = "eth0", Subnets = [new SubnetSpec(IPNetwork.Parse("10.8.0.0/24"))], OutboundNat = [new OutboundNat()] });
        var endpoint = await CreateEndpointAsync("c", "lan", Foreign(1));
        Assert.Equal(["0.0.0.0/0 ", "10.8.0.0/24 ", "::/0 "], Ways(endpoint));
        Host.Kernel.FailNext(FakeOperation.WayApply, new InvalidOperationException("no room"));
        await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeNetworkAsync("lan", spec => spec with { Subnets = spec.Subnets.Add(new SubnetSpec(s_more)) }, Cancellation));
        Assert.Single(Networking.GetNetwork("lan").Spec.Subnets);
        Assert.Single(Host.Kernel.Networks[lan.Spec.Id].Subnets);
        Assert.Equal(["0.0.0.0/0 ", "10.8.0.0/24 ", "::/0 "], Ways(endpoint));
        Assert.Single((await CreateEndpointAsync("d", "lan")).Addresses);
        await Networking.ChangeNetworkAsync("lan", spec => spec with { Subnets = spec.Subnets.Add(new SubnetSpec(s_more)) }, Cancellation);
        Assert.Equal(["0.0.0.0/0 ", "10.8.0.0/24 ", "10.9.0.0/29 ", "::/0 "], Ways(endpoint));
    }

    [Fact]
    public async Task Addresses_ThatAreLeased_StayLeased_WhenTheSubnetChanges()
    {
        await CreateEndpointAsync("a");
        await CreateEndpointAsync("b");
        await Networking.DeleteEndpointAsync("a", Cancellation);
        await PartsAsync("10.1.0.0/29");
        // .1 is the gateway's, .2 rests, .3 is leased.
        Assert.Equal("10.1.0.4", $"{(await CreateEndpointAsync("c")).Addresses[0].Address}");
    }

    [Fact]
    public async Task Parts_AreWhereAddressesComeFrom_OneAfterAnother_AndTheOneAskedFor()
    {
        await Networking.ChangeNetworkAsync("web", spec => spec with
        {
            Subnets = spec.Subnets.SetItem(0, spec.Subnets[0] with { Parts = [new SubnetPart(IPNetwork.Parse("10.1.0.64/31")), new SubnetPart(IPNetwork.Parse("10.1.0.128/30")) { ReservesFirst = true }] }),
        }, Cancellation);
        Assert.Equal("10.1.0.129", await AddressAsync("a", "10.1.0.128/30"));
        Assert.Equal("10.1.0.64", await AddressAsync("b"));
        Assert.Equal("10.1.0.65", await AddressAsync("c"));
        Assert.Equal("10.1.0.130", await AddressAsync("d"));
        var full = await Assert.ThrowsAsync<FairwayException>(() => AddressAsync("e", "10.1.0.64/31"));
        Assert.Equal((ErrorKind.Exhausted, true), (full.Kind, full.Message.Contains("part 10.1.0.64/31 of subnet 10.1.0.0/24 of network 'web' is exhausted: 2 of 2 addresses leased", StringComparison.Ordinal)));
        Assert.Equal("10.1.0.131", await AddressAsync("e"));
        Assert.Contains("all parts of subnet 10.1.0.0/24 of network 'web' is exhausted: 5 of 5", (await Assert.ThrowsAsync<FairwayException>(() => AddressAsync("f"))).Message, StringComparison.Ordinal);
        // An address that is asked for may be anywhere but where none may be.
        Assert.Contains("10.1.0.128 is reserved", (await Assert.ThrowsAsync<FairwayException>(() => StaticAsync("g", "10.1.0.128"))).Message, StringComparison.Ordinal);
        Assert.Equal("10.1.0.200", await StaticAsync("g", "10.1.0.200"));
    }

    [Fact]
    public async Task Part_InUse_IsNotRemoved_AndOneThatIsGone_IsNotAskedFor()
    {
        await PartsAsync("10.1.0.64/28", "10.1.0.128/28");
        await CreateEndpointAsync("a");
        var refused = await Assert.ThrowsAsync<FairwayException>(() => PartsAsync("10.1.0.128/28"));
        Assert.Equal((HcnErrorCode.EntityHasReferences, "$.Subnets[0].Parts[0]"), (refused.HcnCode, refused.Findings[0].Path));
        await PartsAsync("10.1.0.64/28");
        var gone = await Assert.ThrowsAsync<FairwayException>(() => AddressAsync("b", "10.1.0.128/28"));
        Assert.Equal((ErrorKind.NotFound, HcnErrorCode.InvalidIpSubnet, "$.Parts[0]"), (gone.Kind, gone.HcnCode, gone.Findings[0].Path));
        await Host.RestartAsync();
        Assert.Equal("10.1.0.65", await AddressAsync("b"));
    }

    [Fact]
    public async Task Translation_OfTheNetwork_IsThatOfEndpointsWithoutAnyOfTheirOwn_AtOnce()
    {
        var plain = await CreateEndpointAsync("plain", path: Foreign(1));
        var own = await Networking.CreateEndpointAsync(new Model.Requests.CreateEndpointRequest
        {
            Name = "own",
            Network = "web",
            NetnsPath = Foreign(2),
            OutboundNat = [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.5") }],
        }, Cancellation);
        Assert.Equal(["0.0.0.0/0 192.0.2.5", "::/0 "], Ways(own));
        await Networking.ChangeNetworkAsync("web", spec => spec with
        {
            OutboundNat = [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.9"), MaxPortPoolUsage = 5 }, new OutboundNat { IPv6 = true, VirtualAddress = IPAddress.Parse("2001:db8::9") }],
        }, Cancellation);
        Assert.Equal(["0.0.0.0/0 192.0.2.9", "::/0 2001:db8::9"], Ways(plain));
        Assert.Equal(["0.0.0.0/0 192.0.2.5", "::/0 2001:db8::9"], Ways(own));
        Assert.Equal((5, null), (Host.Kernel.Ways[plain.Spec.Id].PortPoolUsage, Host.Kernel.Ways[own.Spec.Id].PortPoolUsage));
        await Host.RestartAsync();
        Assert.Equal(["0.0.0.0/0 192.0.2.9", "::/0 2001:db8::9"], Ways(plain));

        Host.Kernel.FailNext(FakeOperation.WayApply, new InvalidOperationException("no room"));
        await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeNetworkAsync("web", spec => spec with { OutboundNat = [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.10") }] }, Cancellation));
        Assert.Equal(["0.0.0.0/0 192.0.2.9", "::/0 2001:db8::9"], Ways(plain));
        await Networking.ChangeNetworkAsync("web", spec => spec with { OutboundNat = [] }, Cancellation);
        Assert.Equal([own.Spec.Id], Host.Kernel.Ways.Keys);
    }

    [Fact]
    public async Task MtuAndPortName_ChangeWhereTheyAre()
    {
        var endpoint = await CreateEndpointAsync("a", path: Foreign(1));
        var removals = Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointRemove);
        await Networking.ChangeEndpointAsync("a", spec => spec with { Mtu = 1400, PortName = "web-a" }, Cancellation);
        Assert.Equal((1400, "web-a"), (Host.Kernel.Endpoints[endpoint.Spec.Id].Mtu, Host.Kernel.Endpoints[endpoint.Spec.Id].PortName));
        var taken = await Assert.ThrowsAsync<FairwayException>(() => Networking.CreateEndpointAsync(new Model.Requests.CreateEndpointRequest { Name = "b", Network = "web", PortName = "web-a" }, Cancellation));
        Assert.Equal((ErrorKind.AlreadyExists, HcnErrorCode.PortAlreadyExists, "$.PortName"), (taken.Kind, taken.HcnCode, taken.Findings[0].Path));
        Assert.Equal(HcnErrorCode.InvalidPolicy, (await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointAsync("a", spec => spec with { Mtu = 9000 }, Cancellation))).Findings[0].HcnCode);
        // A link of the host that is nobody's of ours: the change is taken back.
        Host.Kernel.ForeignLinks.Add("eth9");
        Assert.Equal(HcnErrorCode.PortAlreadyExists, (await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointAsync("a", spec => spec with { PortName = "eth9" }, Cancellation))).HcnCode);
        Assert.Equal("web-a", Networking.GetEndpoint("a").Spec.PortName);
        Assert.Equal("web-a", Host.Kernel.Endpoints[endpoint.Spec.Id].PortName);
        // The interface stays what it is all the time.
        Assert.Equal(removals, Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointRemove));
    }

    [Fact]
    public async Task Refresh_AppliesAllOfIt_Again()
    {
        var endpoint = await Networking.CreateEndpointAsync(new Model.Requests.CreateEndpointRequest
        {
            Name = "a",
            Network = "web",
            NetnsPath = Foreign(1),
            Publications = [Port(8080)],
            OutboundNat = [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.5") }],
        }, Cancellation);
        foreach (var operation in (FakeOperation[])[FakeOperation.EndpointApply, FakeOperation.WayApply, FakeOperation.PublicationApply])
        {
            Host.Kernel.FailNext(operation, new InvalidOperationException("asked"));
            var refused = await Assert.ThrowsAsync<FairwayException>(() => Networking.RefreshEndpointAsync("a", Cancellation));
            Assert.Contains("refresh endpoint 'a': asked", refused.Message, StringComparison.Ordinal);
        }
        await Networking.RefreshEndpointAsync("a", Cancellation);
        var applied = Host.Kernel.Calls.Count(call => call == FakeOperation.NetworkApply);
        await Networking.RefreshNetworkAsync("web", Cancellation);
        Assert.True(Host.Kernel.Calls.Count(call => call == FakeOperation.NetworkApply) > applied);
        Assert.True(Host.Kernel.Endpoints.ContainsKey(endpoint.Spec.Id));
    }

    private string[] Ways(Endpoint endpoint) => [.. Host.Kernel.Ways[endpoint.Spec.Id].Ways.Select(way => $"{way.Prefix} {way.Source}")];

    private Task<Network> AddAsync(SubnetSpec subnet) => Networking.ChangeNetworkAsync("web", spec => spec with { Subnets = spec.Subnets.Add(subnet) }, Cancellation);

    private Task<Network> RemoveAsync(IPNetwork prefix) =>
        Networking.ChangeNetworkAsync("web", spec => spec with { Subnets = spec.Subnets.RemoveAll(subnet => subnet.Prefix.Equals(prefix)) }, Cancellation);

    private Task<Network> PartsAsync(params string[] parts) => Networking.ChangeNetworkAsync("web", spec => spec with
    {
        Subnets = spec.Subnets.SetItem(0, spec.Subnets[0] with { Parts = [.. parts.Select(part => new SubnetPart(IPNetwork.Parse(part)))] }),
    }, Cancellation);

    private async Task<string> AddressAsync(string name, params string[] parts) => $"{(await Networking.CreateEndpointAsync(
        new EndpointSpec { Name = name, NetworkId = Networking.GetNetwork("web").Spec.Id, Parts = [.. parts.Select(part => IPNetwork.Parse(part))] }, Cancellation)).Addresses[0].Address}";

    private async Task<string> StaticAsync(string name, string address) => $"{(await Networking.CreateEndpointAsync(
        new EndpointSpec { Name = name, NetworkId = Networking.GetNetwork("web").Spec.Id, Addresses = [IPAddress.Parse(address)] }, Cancellation)).Addresses[0].Address}";
}
