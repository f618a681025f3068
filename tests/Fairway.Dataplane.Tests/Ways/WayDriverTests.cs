using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;

namespace Fairway.Dataplane.Tests.Ways;

/// <summary>The rows that say how endpoints' packets leave.</summary>
public sealed class WayDriverTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly EndpointPlan _endpoint;

    public WayDriverTests()
    {
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        _endpoint = Plans.Endpoint(network, _host.CreateSpace(), 1);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Applied_BeforeThePortOpens_ItOpensWithThem()
    {
        _host.Dataplane.Drivers.Ways.Apply(Plan("203.0.113.0/24", pool: 50));
        Assert.Equal(0u, Row().Ways);
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.Equal((1u, (uint)_host.Options.TranslationPorts.Count / 2), (Row().Ways, Row().FlowQuota));
        Assert.Contains(_endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
    }

    [Fact]
    public void Changed_LeadsToAnotherSet_AndNothingIsLeftOfTheOld()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        _host.Dataplane.Drivers.Ways.Apply(Plan("203.0.113.0/24"));
        uint epoch = _host.Dataplane.Switch.Config.Epoch;
        _host.Dataplane.Drivers.Ways.Apply(Plan("198.51.100.0/24"));
        Assert.NotEqual(epoch, _host.Dataplane.Switch.Config.Epoch);
        KeyValuePair<WayKey, WayRow> row = Assert.Single(_host.Dataplane.Switch.Maps.Ways.Enumerate());
        Assert.Equal((new WayKey(Row().Ways, IPNetwork.Parse("198.51.100.0/24")), WayFlags.Translated | WayFlags.Hop), (row.Key, row.Value.Flags));

        _host.Dataplane.Drivers.Ways.Remove(Plan("198.51.100.0/24"));
        Assert.Empty(_host.Dataplane.Switch.Maps.Ways.Enumerate());
        Assert.Equal((0u, 0u), (Row().Ways, Row().FlowQuota));
    }

    [Fact]
    public async Task Synchronize_KeepsWhatIsAsPlanned_AndRemovesTheRest()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        _host.Dataplane.Drivers.Ways.Apply(Plan("203.0.113.0/24"));
        uint set = Row().Ways;
        // Of a crash between two steps.
        _host.Dataplane.Switch.Maps.Ways.Set(new WayKey(77, IPNetwork.Parse("10.0.0.0/8")), default);
        await _host.RestartAsync();

        _host.Dataplane.Drivers.Ways.Synchronize([Plan("203.0.113.0/24")]);
        Assert.Equal(set, Row().Ways);
        Assert.Equal(set, Assert.Single(_host.Dataplane.Switch.Maps.Ways.Enumerate()).Key.Number);

        await _host.RestartAsync();
        _host.Dataplane.Drivers.Ways.Synchronize([Plan("198.51.100.0/24")]);
        Assert.NotEqual(set, Row().Ways);
        Assert.Equal(IPNetwork.Parse("198.51.100.0/24"), new IPNetwork(Assert.Single(_host.Dataplane.Switch.Maps.Ways.Enumerate()).Key.Address.ToAddress(), 24));

        _host.Dataplane.Drivers.Ways.Synchronize([]);
        Assert.Equal(0u, Row().Ways);
        Assert.Empty(_host.Dataplane.Switch.Maps.Ways.Enumerate());
    }

    private WayPlan Plan(string prefix, int? pool = null) => new(_endpoint.Id, _endpoint.Name, _endpoint.Port, _endpoint.Generation, pool,
        [new WayPrefix(IPNetwork.Parse(prefix), WayLeaving.Translated, null, IPAddress.Parse("192.0.2.1"), IsEncapsulated: false)]);

    private PortRow Row() => _host.Dataplane.Switch.Maps.Ports.Find(_endpoint.Port)!.Value;
}
