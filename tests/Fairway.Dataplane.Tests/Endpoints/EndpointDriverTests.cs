using System.Net;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Tests.Endpoints;

public sealed class EndpointDriverTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly NetworkPlan _network = Plans.Network();

    public EndpointDriverTests() => _host.Dataplane.Drivers.Networks.Apply([_network]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Apply_MakesTheInterface_AsPlanned()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 5);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Link inner = space.Route.GetLink("eth0");
        Assert.True(inner.IsUp);
        Assert.Equal(endpoint.MacAddress.Value, inner.Mac!.Value.Value);
        Assert.Equal(1500u, inner.Mtu);
        Assert.Equal(["10.77.0.6", "fd77::6"], space.Route.ListAddresses(inner.Index).Select(address => address.Address.ToString()).Order());
        Assert.Equal(["10.77.0.1", "fd77::1"], space.Route.ListRoutes(new RouteFilter { LinkIndex = inner.Index, Table = RouteTable.Main })
            .Where(route => route.Destination.PrefixLength == 0).Select(route => route.Gateway!.ToString()).Order());
        Assert.Equal(2, space.Route.ListNeighbours(inner.Index).Count(neighbour => neighbour.State == NeighbourState.Permanent
            && neighbour.Mac!.Value.Value == _network.GatewayMac.Value));
        Link outer = _host.Route.GetLink(endpoint.HostLink);
        Assert.True(outer.IsUp);
        Assert.Equal(0u, outer.Group);
        Assert.Equal([$"{_host.Name}-endpoint-{endpoint.Id:N}"], outer.AlternativeNames);
        Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void Routes_LeadByTheGateway_BesideTheDefaultRoute()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 5) with { Routes = [new EndpointRoute(IPNetwork.Parse("10.99.0.0/16"), 100), new EndpointRoute(IPNetwork.Parse("fd99::/64"))] };
        // Applied twice, it is as applied once.
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        IReadOnlyList<Route> routes = space.Route.ListRoutes(new RouteFilter { LinkIndex = space.Route.GetLink("eth0").Index, Table = RouteTable.Main });
        Assert.Equal(("10.77.0.1", 100u), routes.Where(route => route.Destination.ToString() == "10.99.0.0/16").Select(route => (route.Gateway!.ToString(), route.Metric)).Single());
        Assert.Equal("fd77::1", routes.Single(route => route.Destination.ToString() == "fd99::/64").Gateway!.ToString());
    }

    [Fact]
    public void Endpoints_OfOneNetwork_ReachEachOther()
    {
        TestSpace one = _host.CreateSpace();
        TestSpace two = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, one, 1));
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, two, 2));
        one.Ping("10.77.0.3");
        two.Ping("fd77::2");
    }

    [Fact]
    public void HostAndEndpoint_ReachEachOther()
    {
        TestSpace space = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, space, 1));
        _host.Ping("10.77.0.2");
        _host.Ping("fd77::2");
        space.Ping("10.77.0.1");
        space.Ping("fd77::1");
    }

    [Fact]
    public void Apply_WithANamespaceThatIsGone_IsNotFound()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1) with { NetnsPath = $"{space.Path}.gone" };
        Assert.Equal(ErrorKind.NotFound, Refusal(endpoint).Kind);
    }

    [Fact]
    public void Apply_WithAnotherNamespaceAtThePath_IsNotFound()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1) with { NetnsCookie = 4711 };
        Assert.Equal(ErrorKind.NotFound, Refusal(endpoint).Kind);
    }

    [Fact]
    public void Apply_IntoTheHostItself_IsRefused()
    {
        EndpointPlan endpoint = Plans.Endpoint(_network, _host.CreateSpace(), 1) with { NetnsPath = _host.Namespace.Description, NetnsCookie = _host.Namespace.Cookie };
        Assert.Equal(ErrorKind.InvalidArgument, Refusal(endpoint).Kind);
    }

    [Fact]
    public void Apply_WithAnInterfaceNameInUse_IsAConflictNamingItAndLeavesNothing()
    {
        TestSpace space = _host.CreateSpace();
        space.Route.CreateLink(new BridgeSpec { Name = "eth0" });
        FairwayException refusal = Refusal(Plans.Endpoint(_network, space, 1));
        Assert.Equal(ErrorKind.Conflict, refusal.Kind);
        Assert.Contains("'eth0'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("bridge", space.Route.GetLink("eth0").Kind);
    }

    [Fact]
    public void Apply_Again_ChangesNothingThatWorks()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        int before = space.Route.GetLink("eth0").Index;
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Equal(before, space.Route.GetLink("eth0").Index);
        Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        _host.Ping("10.77.0.2");
    }

    [Fact]
    public void Remove_FreesTheInterfaceName_AtOnce()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Dataplane.Drivers.Endpoints.Remove([endpoint]);
        Assert.Null(space.Route.FindLink("eth0"));
        Assert.DoesNotContain(space.Route.ListAddresses(), address => address.Address.ToString() == "10.77.0.2");
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        _host.Ping("10.77.0.2");
    }

    [Fact]
    public void Remove_WithoutApply_IsDone()
    {
        TestSpace space = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Remove([Plans.Endpoint(_network, space, 1)]);
        _host.Dataplane.Drivers.Endpoints.Remove([Plans.Endpoint(_network, space, 1) with { NetnsPath = "/run/netns/nowhere" }]);
    }

    private FairwayException Refusal(EndpointPlan endpoint)
    {
        int before = _host.Route.ListLinks().Count;
        var refusal = Assert.Throws<FairwayException>(() => _host.Dataplane.Drivers.Endpoints.Apply(endpoint));
        Assert.Equal(before, _host.Route.ListLinks().Count);
        Assert.Empty(_host.Dataplane.Switch.Maps.Addresses.Enumerate());
        Assert.Equal(default, _host.Dataplane.Switch.Maps.Ports.Find(endpoint.Port)!.Value.Flags);
        return refusal;
    }
}
