using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Tests.Endpoints;

public sealed class EndpointLifeTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly NetworkPlan _network = Plans.Network();

    public EndpointLifeTests() => _host.Dataplane.Drivers.Networks.Apply([_network]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Apply_FromSeveralThreads_MakesThemAll()
    {
        EndpointPlan[] endpoints = [.. Enumerable.Range(1, 40).Select(i => Plans.Endpoint(_network, _host.CreateSpace(), (uint)i))];
        await Parallel.ForEachAsync(endpoints, new ParallelOptions { MaxDegreeOfParallelism = 8 }, (endpoint, _) =>
        {
            _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(endpoints.Select(endpoint => endpoint.Id).ToHashSet(), _host.Dataplane.Drivers.Endpoints.Observe(endpoints));
        _host.Ping("10.77.0.41");
        await Parallel.ForEachAsync(endpoints, (endpoint, _) =>
        {
            _host.Dataplane.Drivers.Endpoints.Remove([endpoint]);
            return ValueTask.CompletedTask;
        });
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe(endpoints));
        Assert.Empty(_host.Dataplane.Switch.Maps.Addresses.Enumerate());
    }

    [Fact]
    public void Apply_RefusedHalfWay_LeavesNothing()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        endpoint = endpoint with { Addresses = [.. endpoint.Addresses, new EndpointAddress(IPAddress.Parse("ff02::99"), 64)] };
        Assert.Equal(ErrorKind.Internal, Assert.Throws<FairwayException>(() => _host.Dataplane.Drivers.Endpoints.Apply(endpoint)).Kind);
        Assert.Null(space.Route.FindLink("eth0"));
        Assert.Null(_host.Route.FindLink(endpoint.HostLink));
        Assert.Empty(_host.Dataplane.Switch.Maps.Addresses.Enumerate());
        Assert.DoesNotContain(_host.Dataplane.Switch.Maps.Links.Enumerate(), entry => entry.Value == endpoint.Port);
    }

    [Fact]
    public void Apply_ToASecondNetwork_LeavesTheFirstDefaultRoute()
    {
        NetworkPlan other = Plans.Network(2, subnet4: "10.78.0.0/24", subnet6: "fd78::/64");
        _host.Dataplane.Drivers.Networks.Apply([other]);
        TestSpace space = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, space, 1));
        EndpointPlan second = Plans.Endpoint(other, space, 2, "eth1");
        _host.Dataplane.Drivers.Endpoints.Apply(second);
        _host.Dataplane.Drivers.Endpoints.Apply(second);
        Assert.Equal(IPAddress.Parse("10.77.0.1"), space.Route.GetRoute(IPAddress.Parse("192.0.2.1")).Gateway);
        Assert.Equal(IPAddress.Parse("fd77::1"), space.Route.GetRoute(IPAddress.Parse("2001:db8::1")).Gateway);
        space.Ping("10.78.0.1");
        Assert.Contains(second.Id, _host.Dataplane.Drivers.Endpoints.Observe([second]));
    }

    [Fact]
    public void Apply_WhereIpv6IsOffByDefault_TurnsItOnForTheInterface()
    {
        TestSpace space = _host.CreateSpace();
        new KernelSettings(space.Namespace).Write("net/ipv6/conf/default/disable_ipv6", 1);
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        _host.Ping("fd77::2");
    }

    [Fact]
    public void Apply_WithIpv4Only_LeavesNoIpv6Address()
    {
        NetworkPlan network = Plans.Network(3, subnet4: "10.79.0.0/24", subnet6: null);
        _host.Dataplane.Drivers.Networks.Apply([network]);
        TestSpace space = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(network, space, 1));
        _host.Ping("10.79.0.2");
        Assert.DoesNotContain(space.Route.ListAddresses(space.Route.GetLink("eth0").Index), address => address.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6);
    }

    [Fact]
    public void Port_ReusedByANewEndpointBeforeTheOldOneIsRemoved_StaysTheNewOnes()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan old = Plans.Endpoint(_network, _host.CreateSpace(), 1);
        EndpointPlan next = Plans.Endpoint(_network, space, 1, generation: 2) with { Addresses = [new EndpointAddress(IPAddress.Parse("10.77.0.200"), 24)] };
        _host.Dataplane.Drivers.Endpoints.Apply(old);
        _host.Dataplane.Drivers.Endpoints.Apply(next);
        Assert.Single(_host.Dataplane.Switch.Maps.Addresses.Enumerate());
        _host.Dataplane.Drivers.Endpoints.Remove([old]);
        Assert.Contains(next.Id, _host.Dataplane.Drivers.Endpoints.Observe([next]));
        _host.Ping("10.77.0.200");
    }

    [Fact]
    public void SpoofedSource_IsDropped()
    {
        TestSpace one = _host.CreateSpace();
        TestSpace two = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, one, 1));
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, two, 2));
        one.Exec("ip", "address", "add", "10.77.0.99/24", "dev", "eth0");
        Assert.NotEqual(0, one.Try("ping", "-c1", "-W1", "-I", "10.77.0.99", "10.77.0.3").Code);
        Assert.True(_host.Dataplane.Statistics.Read(1).DroppedOutgoing > 0);
        Assert.True(_host.Dataplane.Statistics.Drops()[Model.Flows.DropReason.SourceAddress] > 0);
    }

    [Fact]
    public void Statistics_CountBothWaysAndBeginAnewWithTheNumbersNextOwner()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Exec("ping", "-c3", "-i0.01", "-W2", "10.77.0.2");
        Model.Statistics.PortStatistics counted = _host.Dataplane.Statistics.Read(1);
        Assert.InRange(counted.PacketsReceived, 3ul, 20ul);
        Assert.InRange(counted.PacketsSent, 3ul, 20ul);
        _host.Dataplane.Drivers.Endpoints.Remove([endpoint]);
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, space, 1, generation: 2));
        Assert.Equal(0ul, _host.Dataplane.Statistics.Read(1).PacketsReceived);
    }

    [Fact]
    public void RemoveExcept_RemovesWhatNobodyPlanned()
    {
        EndpointPlan stays = Plans.Endpoint(_network, _host.CreateSpace(), 1);
        TestSpace space = _host.CreateSpace();
        EndpointPlan goes = Plans.Endpoint(_network, space, 2);
        _host.Dataplane.Drivers.Endpoints.Apply(stays);
        _host.Dataplane.Drivers.Endpoints.Apply(goes);
        _host.Dataplane.Drivers.Endpoints.RemoveExcept([stays]);
        Assert.Null(space.Route.FindLink("eth0"));
        Assert.Null(_host.Route.FindLink(goes.HostLink));
        Assert.Equal(PortFlags.None, _host.Dataplane.Switch.Maps.Ports.Find(2)!.Value.Flags);
        Assert.All(_host.Dataplane.Switch.Maps.Addresses.Enumerate(), entry => Assert.Equal(1u, entry.Value.Port));
        Assert.Contains(stays.Id, _host.Dataplane.Drivers.Endpoints.Observe([stays]));
        _host.Ping("10.77.0.2");
    }

    /// <summary>A row that could not be deleted, or a daemon that died in the middle: whoever comes next finishes it.</summary>
    [Theory]
    [InlineData("asked again")]
    [InlineData("swept")]
    [InlineData("another endpoint's number")]
    public void Closing_ThatWasInterrupted_IsFinished(string how)
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan goes = Plans.Endpoint(_network, space, 3);
        var drivers = _host.Dataplane.Drivers.Endpoints;
        var maps = _host.Dataplane.Switch.Maps;
        drivers.Apply(goes);
        var row = maps.Ports.Find(3)!.Value;
        row.Flags = (row.Flags & ~PortFlags.Live) | PortFlags.Closing;
        maps.Ports.Set(3, row);
        Assert.DoesNotContain(goes.Id, drivers.Observe([goes]));

        switch (how)
        {
            case "asked again":
                drivers.Remove([goes]);
                break;
            case "swept":
                drivers.RemoveExcept([]);
                break;
            default:
                drivers.Apply(Plans.Endpoint(_network, _host.CreateSpace(), 3, generation: 2) with { Addresses = [] });
                break;
        }

        Assert.DoesNotContain(maps.Links.Enumerate(), entry => entry.Key == row.Ifindex);
        Assert.DoesNotContain(maps.Addresses.Enumerate(), entry => entry.Value.Port == 3);
        Assert.False(maps.Ports.Find(3)!.Value.Flags.HasFlag(PortFlags.Closing));
    }

    [Fact]
    public async Task Remove_DeletesTheLink_SoonAfterwards()
    {
        EndpointPlan endpoint = Plans.Endpoint(_network, _host.CreateSpace(), 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        int index = _host.Route.GetLink(endpoint.HostLink).Index;
        _host.Dataplane.Drivers.Endpoints.Remove([endpoint]);
        await Eventually.IsTrueAsync(() => _host.Route.FindLink(index) is null, "the condemned link is still there");
    }

    [Fact]
    public async Task LinksLeftUnfinished_GoAtTheNextStart()
    {
        TestSpace space = _host.CreateSpace();
        _host.Route.CreateLink(new VethSpec
        {
            Name = "fw123456789abc",
            Group = _host.Instance.UnbornGroup,
            Peer = new VethPeerSpec { Name = "eth0", Namespace = space.Namespace },
        });
        await _host.RestartAsync();
        Assert.Null(_host.Route.FindLink("fw123456789abc"));
        Assert.Null(space.Route.FindLink("eth0"));
    }
}
