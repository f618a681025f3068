using System.Net;
using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Testing.Contract;

public abstract class NetworkDriverContract : DriverContract
{
    [Theory]
    [InlineData(NetworkType.Nat)]
    [InlineData(NetworkType.Internal)]
    [InlineData(NetworkType.Private)]
    [InlineData(NetworkType.Overlay)]
    public void Apply_ThenObserve_FindsItInPlace(NetworkType type)
    {
        var network = Sample(1, type);
        Assert.Empty(Drivers.Networks.Observe([network]));
        Drivers.Networks.Apply([network]);
        Assert.Equal([network.Id], Drivers.Networks.Observe([network]));
    }

    [Fact]
    public void Apply_Twice_ChangesNothing()
    {
        var network = Sample(1);
        Drivers.Networks.Apply([network]);
        Drivers.Networks.Apply([network]);
        Assert.Equal([network.Id], Drivers.Networks.Observe([network]));
    }

    [Fact]
    public void Apply_OfSeveral_MakesAll()
    {
        NetworkPlan[] networks = [Sample(1), Sample(2), Sample(3, NetworkType.Private)];
        Drivers.Networks.Apply(networks);
        Assert.Equal(networks.Select(network => network.Id).Order(), Drivers.Networks.Observe(networks).Order());
    }

    [Fact]
    public void Observe_OfChangedPlan_DoesNotFindIt_AndApplyMakesItSo()
    {
        var network = Sample(1);
        Drivers.Networks.Apply([network]);
        var changed = network with { Mtu = 1400 };
        Assert.Empty(Drivers.Networks.Observe([changed]));
        Drivers.Networks.Apply([changed]);
        Assert.Equal([changed.Id], Drivers.Networks.Observe([changed]));
    }

    /// <summary>Further gateways of a family, too, one of which becomes the first.</summary>
    [Theory]
    [InlineData(NetworkType.Nat)]
    [InlineData(NetworkType.Internal)]
    [InlineData(NetworkType.Overlay)]
    public void Apply_WithMoreSubnetsAndFewer_MakesItSo_EvenAfterRestart(NetworkType type)
    {
        var network = Sample(1, type);
        var more = network with
        {
            Gateways = [.. network.Gateways, new EndpointAddress(IPAddress.Parse("10.78.0.1"), 24), new EndpointAddress(IPAddress.Parse("fd78::1"), 64)],
            Subnets = [.. network.Subnets, IPNetwork.Parse("10.78.0.0/24"), IPNetwork.Parse("fd78::/64")],
            Tunnel = network.Tunnel is { } tunnel ? tunnel with { VirtualSubnets = [.. tunnel.VirtualSubnets, 6001] } : null,
        };
        var others = more with { Gateways = more.Gateways[2..], Subnets = more.Subnets[2..] };
        foreach (var (before, after) in (ReadOnlySpan<(NetworkPlan, NetworkPlan)>)[(network, more), (more, others), (others, more), (more, network)])
        {
            Drivers.Networks.Apply([before]);
            Assert.Equal([before.Id], Drivers.Networks.Observe([before]));
            Assert.Empty(Drivers.Networks.Observe([after]));
            Drivers.Networks.Apply([after]);
            Assert.Equal([after.Id], Drivers.Networks.Observe([after]));
            Assert.Empty(Drivers.Networks.Observe([before]));
            Host.Restart();
            Assert.Equal([after.Id], Drivers.Networks.Observe([after]));
            Assert.Empty(Drivers.Networks.Observe([before]));
        }
        // What is swept at the start is not the gateways'.
        Drivers.Networks.Apply([more]);
        Drivers.Endpoints.RemoveExcept([]);
        Assert.Equal([more.Id], Drivers.Networks.Observe([more]));
        Drivers.Networks.RemoveExcept([]);
        Drivers.Networks.Apply([network]);
        Assert.Equal([network.Id], Drivers.Networks.Observe([network]));
    }

    [Fact]
    public void Observe_AfterRestart_RecognisesItsOwn()
    {
        NetworkPlan[] networks = [Sample(1), Sample(2)];
        Drivers.Networks.Apply(networks);
        Host.Restart();
        Assert.Equal(networks.Select(network => network.Id).Order(), Drivers.Networks.Observe(networks).Order());
    }

    [Fact]
    public void Observe_AfterLinkWasDeleted_DoesNotFindIt_AndApplyRepairs()
    {
        var network = Sample(1);
        Drivers.Networks.Apply([network]);
        Host.DeleteNetworkLink(network);
        Assert.Empty(Drivers.Networks.Observe([network]));
        Drivers.Networks.Apply([network]);
        Assert.Equal([network.Id], Drivers.Networks.Observe([network]));
    }

    [Fact]
    public void RemoveExcept_RemovesTheOthers_EvenAfterRestart()
    {
        NetworkPlan[] networks = [Sample(1), Sample(2)];
        Drivers.Networks.Apply(networks);
        Host.Restart();
        Drivers.Networks.RemoveExcept([networks[1]]);
        Assert.Equal([networks[1].Id], Drivers.Networks.Observe(networks));
        Drivers.Networks.RemoveExcept([]);
        Assert.Empty(Drivers.Networks.Observe(networks));
    }

    [Fact]
    public void Apply_AfterRemove_MakesItAgain()
    {
        var network = Sample(1);
        Drivers.Networks.Apply([network]);
        Drivers.Networks.RemoveExcept([]);
        Drivers.Networks.Apply([network]);
        Assert.Equal([network.Id], Drivers.Networks.Observe([network]));
    }

    [Fact]
    public void Apply_OverForeignLink_IsConflict_AndLeavesTheLink()
    {
        var network = Sample(1);
        Host.AddForeignLink(network.HostLink!);
        var refused = Assert.Throws<FairwayException>(() => Drivers.Networks.Apply([network]));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Contains(network.HostLink!, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Drivers.Networks.Observe([network]));
        Drivers.Networks.RemoveExcept([]);
        Assert.Throws<FairwayException>(() => Drivers.Networks.Apply([network]));
    }

    [Theory]
    [InlineData(NetworkType.Transparent)]
    [InlineData(NetworkType.L2Bridge)]
    [InlineData(NetworkType.L2Tunnel)]
    public void Apply_BehindAnUplink_NeedsTheDevice_AndLastsUntilRemoved(NetworkType type)
    {
        var network = Sample(1, type);
        var refused = Assert.Throws<FairwayException>(() => Drivers.Networks.Apply([network]));
        Assert.Equal(ErrorKind.NotFound, refused.Kind);
        Assert.Contains(network.Uplink!, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Drivers.Networks.Observe([network]));

        Host.AddForeignLink(network.Uplink!);
        Drivers.Networks.Apply([network]);
        Assert.Equal([network.Id], Drivers.Networks.Observe([network]));
        Assert.Empty(Drivers.Networks.Observe([network with { Vlan = 5 }]));
        Host.Restart();
        // A new daemon gives the device its own programs first.
        Drivers.Uplinks.Synchronize();
        Assert.Equal([network.Id], Drivers.Networks.Observe([network]));
        Drivers.Networks.RemoveExcept([]);
        Assert.Empty(Drivers.Networks.Observe([network]));
    }

    [Fact]
    public void Apply_OfSeveral_BehindOneUplink_TellsThemByVlan()
    {
        NetworkPlan[] networks = [Sample(1, NetworkType.Transparent), Sample(2, NetworkType.L2Bridge) with { Uplink = Host.LinkName("n1"), Vlan = 5 }];
        Host.AddForeignLink(Host.LinkName("n1"));
        Drivers.Networks.Apply(networks);
        Assert.Equal(networks.Select(network => network.Id).Order(), Drivers.Networks.Observe(networks).Order());
        Drivers.Networks.RemoveExcept([networks[1]]);
        Assert.Equal([networks[1].Id], Drivers.Networks.Observe(networks));
    }

    private NetworkPlan Sample(uint number, NetworkType type = NetworkType.Nat) => PlanSamples.Network(number, Host.LinkName($"n{number}"), type);
}
