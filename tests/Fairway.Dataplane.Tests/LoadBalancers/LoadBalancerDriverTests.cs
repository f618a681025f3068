using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;

namespace Fairway.Dataplane.Tests.LoadBalancers;

public sealed class LoadBalancerDriverTests : IAsyncDisposable
{
    private const string Vip = "192.0.2.1";

    private readonly TestHost _host = new();
    private readonly TestSpace _outside;
    private readonly TestSpace[] _spaces;
    private readonly EndpointPlan[] _endpoints;

    public LoadBalancerDriverTests()
    {
        _outside = _host.CreateOutside("lan0", "192.0.2.1", "192.0.2.9", 24);
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        _spaces = [_host.CreateSpace(), _host.CreateSpace()];
        _endpoints = [.. _spaces.Select((space, i) => Plans.Endpoint(network, space, (uint)i + 1))];
        foreach (EndpointPlan endpoint in _endpoints)
            _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Dataplane.Drivers.Uplinks.Synchronize();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Port_LeadsToTheBackends_WithTheClientsAddress()
    {
        using var one = new TcpEcho(_spaces[0], "10.77.0.2", 80);
        using var other = new TcpEcho(_spaces[1], "10.77.0.3", 80);
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints));
        for (int i = 0; i < 20; i++)
            Assert.Equal("192.0.2.9", await TcpEcho.AskAsync(_outside.Namespace, Vip, 8080));
        Assert.True(_host.Dataplane.Statistics.Read(1).PacketsReceived > 0 && _host.Dataplane.Statistics.Read(2).PacketsReceived > 0);
    }

    [Fact]
    public async Task Removed_LeadsNowhere_AndLeavesNothing()
    {
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints));
        Assert.True(IsPublished(1) && IsPublished(2));
        uint epoch = _host.Dataplane.Switch.Config.Epoch;
        _host.Dataplane.Drivers.LoadBalancers.Remove(1);
        Assert.NotEqual(epoch, _host.Dataplane.Switch.Config.Epoch);
        Assert.Empty(_host.Dataplane.Switch.Maps.Publications.Enumerate());
        Assert.Empty(_host.Dataplane.Switch.Maps.Balancers.Enumerate());
        Assert.False(IsPublished(1) || IsPublished(2));
        await Assert.ThrowsAsync<SocketException>(() => TcpEcho.AskAsync(_outside.Namespace, Vip, 8080));
    }

    [Fact]
    public void BackendThatLeaves_StillLooksAtItsFlows()
    {
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints));
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints[..1]));
        Assert.True(IsPublished(2));
        Assert.Equal(1u, Row(1).Backends);
    }

    /// <summary>Its connections live on in the kernel while there is no daemon.</summary>
    [Fact]
    public async Task BackendThatLeft_LooksAtItsFlowsAfterARestart_WhileItHasAny()
    {
        LoadBalancerPlan left = Plan(1, _endpoints[..1]);
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints));
        _host.Dataplane.Drivers.LoadBalancers.Apply(left);
        _host.Dataplane.Switch.Maps.Usage.Set(2, new UsageRow { Flows = 1 });
        for (int life = 0; life < 2; life++)
        {
            await _host.RestartAsync();
            Synchronize(left);
            Synchronize(left);
            Assert.True(IsPublished(1) && IsPublished(2));
        }
        _host.Dataplane.Switch.Maps.Usage.Set(2, default);
        await _host.RestartAsync();
        Synchronize(left);
        Assert.True(IsPublished(1) && !IsPublished(2));
    }

    [Fact]
    public async Task SynchronizeAsPlanned_TouchesNothing_AndChangesOtherwise()
    {
        LoadBalancerPlan plan = Plan(1, _endpoints);
        _host.Dataplane.Drivers.LoadBalancers.Apply(plan);
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(2, _endpoints[..1], port: 9090));
        BalancerRow before = Row(1);
        await _host.RestartAsync();

        _host.Dataplane.Drivers.LoadBalancers.Synchronize([plan, Plan(2, _endpoints, port: 9090)]);
        Assert.Equal(before, Row(1));
        Assert.Equal(2u, Row(2).Backends);
        Assert.True(Row(2).FirstBackend >= before.FirstBackend + before.Backends || Row(2).FirstBackend + 2 <= before.FirstBackend);

        _host.Dataplane.Drivers.LoadBalancers.Synchronize([plan]);
        Assert.Equal([1u], _host.Dataplane.Switch.Maps.Balancers.Enumerate().Select(entry => entry.Key));
        Assert.Single(_host.Dataplane.Switch.Maps.Publications.Enumerate());
    }

    [Fact]
    public void PublicationsAndBalancers_LeaveEachOtherAlone()
    {
        PublicationPlan publication = Plans.Publication(_endpoints[0], 7, 7070, 70);
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints));
        _host.Dataplane.Drivers.Publications.Apply([publication]);
        Assert.Equal(0, _host.Dataplane.Drivers.Publications.Synchronize([publication]));
        _host.Dataplane.Drivers.LoadBalancers.Synchronize([Plan(1, _endpoints)]);
        Assert.Equal(2, _host.Dataplane.Switch.Maps.Publications.Enumerate().Count());
        _host.Dataplane.Drivers.Publications.Remove([publication]);
        Assert.True(IsPublished(1));
        _host.Dataplane.Drivers.LoadBalancers.Remove(1);
        Assert.False(IsPublished(1));
    }

    [Fact]
    public void PortsOfABalancer_ComeAndGo()
    {
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints));
        _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, _endpoints, port: 9090));
        Assert.Equal(new PublicationKey(IPAddress.Parse(Vip), 9090, TransportProtocol.Tcp), Assert.Single(_host.Dataplane.Switch.Maps.Publications.Enumerate()).Key);
    }

    [Fact]
    public void ManyChanges_DoNotFillTheTables()
    {
        for (int i = 0; i < 3000; i++)
            _host.Dataplane.Drivers.LoadBalancers.Apply(Plan(1, i % 2 == 0 ? _endpoints : _endpoints[..1]));
        Assert.Equal(1u, Row(1).Backends);
    }

    /// <summary>Its backends are written before its ports find no room: both are what they were once the change is taken back.</summary>
    [Fact]
    public void ChangeWithoutRoom_TakenBack_LeavesWhatWasThere()
    {
        SwitchMaps maps = _host.Dataplane.Switch.Maps;
        LoadBalancerPlan before = Plan(1, _endpoints[..1]), wanted = Plan(1, _endpoints);
        _host.Dataplane.Drivers.LoadBalancers.Apply(before);
        PublicationKey[] others = [.. Enumerable.Range(1, (int)SwitchLimits.MaxPublications - 1).Select(i => new PublicationKey(new IPAddress(0xF000_0000 | i), 1, TransportProtocol.Udp))];
        maps.Publications.SetMany(others, [.. others.Select(_ => new PublicationRow { Number = 99 })]);
        Assert.Throws<FairwayException>(() => _host.Dataplane.Drivers.LoadBalancers.Apply(wanted with { Services = [.. wanted.Services, .. Plan(1, [], port: 9090).Services] }));

        _host.Dataplane.Drivers.LoadBalancers.Apply(before);
        Assert.Equal(1u, Row(1).Backends);
        Assert.Single(maps.Publications.Enumerate(), entry => entry.Value.Number == 1);
    }

    private static LoadBalancerPlan Plan(uint number, IEnumerable<EndpointPlan> backends, ushort port = 8080) => new(number,
        [new ServicePlan(IPAddress.Parse(Vip), TransportProtocol.Tcp, port, 80, SessionAffinity.None, Internal: false)],
        [.. backends.Select(backend => new BackendPlan(backend.Id, backend.Port, backend.Generation, backend.Network, backend.Addresses[0].Address)).OrderBy(backend => backend.Endpoint)]);

    private BalancerRow Row(uint number) => _host.Dataplane.Switch.Maps.Balancers.Find(number)!.Value;

    private void Synchronize(LoadBalancerPlan balancer)
    {
        _host.Dataplane.Drivers.LoadBalancers.Synchronize([balancer]);
        _host.Dataplane.Drivers.Publications.Synchronize([]);
    }

    private bool IsPublished(uint port) => _host.Dataplane.Switch.Maps.Ports.Find(port)!.Value.Flags.HasFlag(PortFlags.Published);
}
