using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Networks;

namespace Fairway.Dataplane.Tests.Uplinks;

/// <summary>What a device of the host gets when networks have endpoints behind it, and that it is left as it was.</summary>
public sealed class SegmentTests : IAsyncDisposable
{
    private readonly TestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Uplink_GetsFiltersBothWays_AndIsLeftAsItWas()
    {
        int uplink = CreateUplink();
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        string before = Look();
        NetworkPlan network = Apply(Plans.Network(type: NetworkType.Transparent));
        Assert.Equal([SwitchLimits.UplinkShared, SwitchLimits.UplinkShared], ClassesOf(uplink));
        Assert.Equal(0, _host.Dataplane.Drivers.Uplinks.Synchronize());
        Assert.Contains("ALLMULTI", _host.Exec("ip", "link", "show", "up0"), StringComparison.Ordinal);
        NetworkRow row = _host.Dataplane.Switch.Maps.Networks.Find(network.Number)!.Value;
        Assert.Equal((NetworkFlags.Live | NetworkFlags.Segment, (uint)uplink), (row.Flags, row.Uplink));

        _host.Dataplane.Drivers.Networks.RemoveExcept([]);
        Assert.Equal([SwitchLimits.UplinkEthernet], ClassesOf(uplink));
        Assert.Equal(before, Look());
        Assert.Equal(0, _host.Dataplane.Drivers.Uplinks.Synchronize());
    }

    [Theory]
    [InlineData(NetworkType.Transparent, true)]
    [InlineData(NetworkType.L2Bridge, false)]
    public void Endpoint_IsAStation_AsLongAsItIsAttached(NetworkType type, bool ownMac)
    {
        CreateUplink();
        NetworkPlan network = Apply(Plans.Network(type: type));
        EndpointPlan endpoint = Plans.Endpoint(network, _host.CreateSpace(), 3);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        Assert.Equal(ownMac, Stations().Contains($"{endpoint.MacAddress} self permanent", StringComparison.Ordinal));
        Assert.Equal([3u], Members(network));

        // Somebody empties the table of members.
        _host.Dataplane.Switch.Maps.Members.Remove(network.Number);
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([3u], Members(network));

        _host.Dataplane.Drivers.Endpoints.Remove([endpoint]);
        Assert.DoesNotContain($"{endpoint.MacAddress}", Stations(), StringComparison.Ordinal);
        Assert.Empty(Members(network));
        Assert.Empty(_host.Dataplane.Switch.Maps.Addresses.Enumerate());
    }

    [Fact]
    public void Uplink_MadeAnew_IsJoinedAgain()
    {
        CreateUplink();
        NetworkPlan network = Apply(Plans.Network(type: NetworkType.Transparent));
        EndpointPlan endpoint = Plans.Endpoint(network, _host.CreateSpace(), 3);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Route.DeleteLink("up0");
        Assert.Empty(_host.Dataplane.Drivers.Networks.Observe([network]));
        int again = CreateUplink();
        Apply(network);
        Assert.Equal([network.Id], _host.Dataplane.Drivers.Networks.Observe([network]));
        Assert.Equal(new SegmentKey((uint)again, 0), Assert.Single(_host.Dataplane.Switch.Maps.Segments.Enumerate()).Key);
        Assert.Contains($"{endpoint.MacAddress} self permanent", Stations(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uplink_AfterUninstall_IsAsItWas()
    {
        int uplink = CreateUplink();
        string before = Look();
        NetworkPlan network = Apply(Plans.Network(type: NetworkType.Transparent));
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(network, _host.CreateSpace(), 3));
        Assert.NotEqual(before, Look());
        await _host.Dataplane.DisposeAsync();
        new Uninstaller(_host.Options, _host.Settings).Run();
        Assert.Equal(before, Look());
        Assert.Empty(ClassesOf(uplink));
        Assert.Empty(_host.Settings.All());
    }

    private NetworkPlan Apply(NetworkPlan network)
    {
        _host.Dataplane.Drivers.Networks.Apply([network]);
        return network;
    }

    private int CreateUplink()
    {
        _host.Route.CreateLink(new VethSpec { Name = "up0", Peer = new VethPeerSpec { Name = "lan0" } });
        Link link = _host.Route.GetLink("up0");
        _host.Route.SetLink(link.Index, new LinkChange { AddressGeneration = AddressGenerationMode.None });
        return link.Index;
    }

    /// <summary>Flags of the device and what it receives besides its own.</summary>
    private string Look() => _host.Exec("ip", "-o", "link", "show", "up0").Split(" qdisc ")[0] + Stations();

    private string Stations() => _host.Exec("bridge", "fdb", "show", "dev", "up0");

    private uint[] ClassesOf(int uplink) => [.. new[] { TrafficDirection.Ingress, TrafficDirection.Egress }
        .SelectMany(direction => _host.Route.ListFilters(uplink, direction)).Select(filter => filter.ClassId)];

    private uint[] Members(NetworkPlan network)
    {
        if (_host.Dataplane.Switch.Maps.Members.Find(network.Number) is not { } row)
            return [];
        ReadOnlySpan<uint> ports = row.Ports;
        return [.. ports[..(int)row.Count]];
    }
}
