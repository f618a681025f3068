using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;

namespace Fairway.Dataplane.Tests.Publications;

public sealed class PublicationDriverTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly TestSpace _outside;
    private readonly TestSpace _space;
    private readonly EndpointPlan _endpoint;

    public PublicationDriverTests()
    {
        _outside = _host.CreateOutside("lan0", "192.0.2.1", "192.0.2.9", 24);
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        _space = _host.CreateSpace();
        _endpoint = Plans.Endpoint(network, _space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        _host.Dataplane.Drivers.Uplinks.Synchronize();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task PublishedPort_LeadsToTheEndpoint_WithTheClientsAddress()
    {
        using var server = new TcpEcho(_space, "10.77.0.2", 80);
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(_endpoint, 1, 8080, 80)]);
        Assert.Equal("192.0.2.9", await TcpEcho.AskAsync(_outside.Namespace, "192.0.2.1", 8080));
    }

    [Fact]
    public async Task WithdrawnPort_LeadsNowhere()
    {
        using var server = new TcpEcho(_space, "10.77.0.2", 80);
        PublicationPlan publication = Plans.Publication(_endpoint, 1, 8080, 80);
        _host.Dataplane.Drivers.Publications.Apply([publication]);
        uint epoch = _host.Dataplane.Switch.Config.Epoch;
        _host.Dataplane.Drivers.Publications.Remove([publication]);
        Assert.NotEqual(epoch, _host.Dataplane.Switch.Config.Epoch);
        Assert.Empty(_host.Dataplane.Switch.Maps.Publications.Enumerate());
        Assert.False(IsPublished());
        await Assert.ThrowsAsync<SocketException>(() => TcpEcho.AskAsync(_outside.Namespace, "192.0.2.1", 8080));
    }

    [Fact]
    public async Task RestrictedPort_AdmitsOnlyItsSources()
    {
        using var server = new TcpEcho(_space, "10.77.0.2", 80);
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(_endpoint, 1, 8080, 80, from: "192.0.2.9/32"), Plans.Publication(_endpoint, 2, 8081, 80, from: "198.51.100.0/24")]);
        Assert.Equal("192.0.2.9", await TcpEcho.AskAsync(_outside.Namespace, "192.0.2.1", 8080));
        await Assert.ThrowsAnyAsync<Exception>(() => TcpEcho.AskAsync(_outside.Namespace, "192.0.2.1", 8081, TimeSpan.FromSeconds(1)));
        Assert.True(_host.Dataplane.Statistics.Drops()[Model.Flows.DropReason.SourceNotAllowed] > 0);
    }

    [Fact]
    public async Task NewRestriction_EndsTheOldOne()
    {
        using var server = new TcpEcho(_space, "10.77.0.2", 80);
        PublicationPlan publication = Plans.Publication(_endpoint, 1, 8080, 80, from: "192.0.2.0/24");
        _host.Dataplane.Drivers.Publications.Apply([publication]);
        _host.Dataplane.Drivers.Publications.Apply([publication with { From = [System.Net.IPNetwork.Parse("198.51.100.0/24")] }]);
        Assert.Single(_host.Dataplane.Switch.Maps.Sources.Enumerate());
        Assert.True(IsPublished());
        await Assert.ThrowsAnyAsync<Exception>(() => TcpEcho.AskAsync(_outside.Namespace, "192.0.2.1", 8080, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Range_LeadsPortByPort()
    {
        using var server = new TcpEcho(_space, "10.77.0.2", 85);
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(_endpoint, 1, 8080, 80, count: 10)]);
        Assert.Equal("192.0.2.9", await TcpEcho.AskAsync(_outside.Namespace, "192.0.2.1", 8085));
        Assert.Equal(10, _host.Dataplane.Switch.Maps.Publications.Enumerate().Count());
    }

    [Fact]
    public async Task Endpoint_ReachesOutside_WithTheHostsAddress()
    {
        using var server = new TcpEcho(_outside, "192.0.2.9", 80);
        Assert.Equal("192.0.2.1", await TcpEcho.AskAsync(_space.Namespace, "192.0.2.9", 80));
        _space.Ping("192.0.2.9");
        Assert.Equal(1, _host.Dataplane.Statistics.Flows());
    }

    [Fact]
    public void Apply_OfALargerRange_KeepsThePortsItHad()
    {
        PublicationPlan publication = Plans.Publication(_endpoint, 1, 8080, 80, count: 3);
        _host.Dataplane.Drivers.Publications.Apply([publication]);
        _host.Dataplane.Drivers.Publications.Apply([publication with { HostPort = 8081, Count = 4 }]);
        Assert.Equal(4, _host.Dataplane.Switch.Maps.Publications.Enumerate().Count());
        _host.Dataplane.Drivers.Publications.Remove([publication with { HostPort = 8081, Count = 4 }]);
        Assert.Empty(_host.Dataplane.Switch.Maps.Publications.Enumerate());
    }

    [Fact]
    public void Port_TakenOverBeforeItsFirstOwnerIsRemoved_StaysTheNewOnes()
    {
        PublicationPlan old = Plans.Publication(_endpoint, 1, 8080, 80);
        PublicationPlan next = Plans.Publication(_endpoint, 2, 8080, 81);
        _host.Dataplane.Drivers.Publications.Apply([old]);
        _host.Dataplane.Drivers.Publications.Apply([next]);
        _host.Dataplane.Drivers.Publications.Remove([old]);
        Assert.Equal(2u, Assert.Single(_host.Dataplane.Switch.Maps.Publications.Enumerate()).Value.Number);
        Assert.True(IsPublished());
    }

    [Fact]
    public void PublishedBeforeItsEndpointIsAttached_IsPublishedThen()
    {
        EndpointPlan later = Plans.Endpoint(Plans.Network(), _host.CreateSpace(), 9);
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(later, 1, 8080, 80)]);
        _host.Dataplane.Drivers.Endpoints.Apply(later);
        Assert.True(_host.Dataplane.Switch.Maps.Ports.Find(9)!.Value.Flags.HasFlag(PortFlags.Published));
    }

    [Fact]
    public void RepairOfAnEndpoint_KeepsItPublished()
    {
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(_endpoint, 1, 8080, 80)]);
        _host.Route.DeleteLink(_endpoint.HostLink);
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.True(IsPublished());
    }

    [Fact]
    public void Synchronize_ClearsTheMarkOfPortsWithoutPublications()
    {
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(_endpoint, 1, 8080, 80)]);
        Assert.NotEqual(0, _host.Dataplane.Drivers.Publications.Synchronize([]));
        Assert.False(IsPublished());
    }

    private bool IsPublished() => _host.Dataplane.Switch.Maps.Ports.Find(_endpoint.Port)!.Value.Flags.HasFlag(PortFlags.Published);
}
