using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Tc;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Tests.Endpoints;

/// <summary>Limits of an endpoint, as the kernel keeps them. What they do to packets is tested with the whole daemon.</summary>
public sealed class BandwidthTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly NetworkPlan _network = Plans.Network();

    public BandwidthTests() => _host.Dataplane.Drivers.Networks.Apply([_network]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Limits_StandOnBothEnds_AndAreRepaired()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 5) with { Bandwidth = new BandwidthLimits { IncomingRate = 8_000_000, OutgoingRate = 4_000_000 } };
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        int outer = _host.Route.GetLink(endpoint.HostLink).Index, inner = space.Route.GetLink("eth0").Index;
        Assert.Equal("tbf", Outermost(_host.Route.ListQdiscs(outer)));
        Assert.Equal("tbf", Outermost(space.Route.ListQdiscs(inner)));
        Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));

        _host.Route.DeleteRootQdisc(outer);
        space.Route.DeleteRootQdisc(inner);
        Assert.DoesNotContain(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Equal("tbf", Outermost(_host.Route.ListQdiscs(outer)));
        Assert.Equal("tbf", Outermost(space.Route.ListQdiscs(inner)));
    }

    [Fact]
    public void Limits_ThatAreNotAskedForAnyMore_AreTakenAway_WhereTheInterfaceIs()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 5);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint with { Bandwidth = new BandwidthLimits { IncomingRate = 8_000_000, OutgoingRate = 4_000_000 } });
        int outer = _host.Route.GetLink(endpoint.HostLink).Index, inner = space.Route.GetLink("eth0").Index;
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Equal((outer, inner), (_host.Route.GetLink(endpoint.HostLink).Index, space.Route.GetLink("eth0").Index));
        Assert.Equal("noqueue", Outermost(_host.Route.ListQdiscs(outer)));
        Assert.Equal("noqueue", Outermost(space.Route.ListQdiscs(inner)));
    }

    [Fact]
    public void Endpoint_WithoutLimits_HasNoQueue()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 5);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Equal("noqueue", Outermost(_host.Route.ListQdiscs(_host.Route.GetLink(endpoint.HostLink).Index)));
    }

    private static string Outermost(IReadOnlyList<Qdisc> qdiscs) => qdiscs.Single(qdisc => qdisc.Parent == Qdisc.Root).Kind;
}
