using Fairway.Dataplane.Links;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Tests.Endpoints;

/// <summary>What an engine does with an end it was handed: move, rename, address, use, bring back.</summary>
public sealed class HandoverTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly NetworkPlan _network = Plans.Network();
    private readonly TestSpace _container;
    private readonly EndpointPlan _endpoint;

    public HandoverTests()
    {
        _host.Dataplane.Drivers.Networks.Apply([_network]);
        _container = _host.CreateSpace();
        var id = Guid.NewGuid();
        _endpoint = Plans.Endpoint(_network, _container, 1, id: id) with { NetnsPath = "", NetnsCookie = 0, HandoverLink = $"fwi{id.ToString("N")[..12]}" };
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void HandedOverEnd_WhileItWaits_IsNoUplinkOfTheHost()
    {
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        Link waiting = _host.Route.GetLink(_endpoint.HandoverLink!);
        Assert.Empty(_host.Route.ListFilters(waiting.Index, TrafficDirection.Ingress));
        Assert.False(waiting.IsUp);
    }

    [Fact]
    public void HandedOverEnd_InsideAContainer_TalksToNeighboursAndTheHost()
    {
        TestSpace neighbour = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, neighbour, 2));
        MoveIn("eth0");
        Assert.Contains(_endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        neighbour.Ping("10.77.0.2");
        _container.Ping("10.77.0.3");
        _container.Ping("fd77::3");
        _host.Ping("10.77.0.2");
    }

    [Fact]
    public async Task HandedOverEnd_InsideAContainer_IsKnownAgainAndLeftAlone()
    {
        MoveIn("eth0");
        int before = _container.Route.GetLink("eth0").Index;
        await _host.RestartAsync();
        Assert.Contains(_endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        _host.Dataplane.Drivers.Endpoints.RemoveExcept([_endpoint]);
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.Equal(before, _container.Route.GetLink("eth0").Index);
        _container.Ping("10.77.0.1");
    }

    [Fact]
    public void HandedOverEnd_BroughtBack_IsStillInPlace_AndMovesAgain()
    {
        MoveIn("eth0");
        Link inside = _container.Route.GetLink("eth0");
        _container.Route.SetLink(inside.Index, new LinkChange { Up = false });
        _container.Route.SetLink(inside.Index, new LinkChange { Name = _endpoint.HandoverLink });
        _container.Route.SetLink(inside.Index, new LinkChange { Namespace = _host.Namespace });
        Assert.Contains(_endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        MoveIn("eth1");
        _container.Ping("10.77.0.1");
        _host.Dataplane.Drivers.Endpoints.Remove([_endpoint]);
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
    }

    /// <summary>As libnetwork does it.</summary>
    private void MoveIn(string name)
    {
        Link waiting = _host.Route.GetLink(_endpoint.HandoverLink!);
        _host.Route.SetLink(waiting.Index, new LinkChange { Namespace = _container.Namespace });
        Link inside = _container.Route.GetLink(_endpoint.HandoverLink!);
        _container.Route.SetLink(inside.Index, new LinkChange { Name = name });
        foreach (EndpointAddress address in _endpoint.Addresses)
            _container.Route.AddAddress(KernelAddresses.Of(address, inside.Index));
        _container.Route.SetLink(inside.Index, new LinkChange { Up = true });
    }
}
