using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Tests.Watching;

public sealed class KernelWatcherTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly NetworkPlan _network = Plans.Network();
    private readonly TestSpace _space;
    private readonly EndpointPlan _endpoint;

    public KernelWatcherTests()
    {
        _host.Dataplane.Drivers.Networks.Apply([_network]);
        _space = _host.CreateSpace();
        _endpoint = Plans.Endpoint(_network, _space, 1);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task AttachAndDetach_AreNoNews()
    {
        await SettleAsync();
        for (int i = 0; i < 5; i++)
        {
            _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
            _host.Dataplane.Drivers.Endpoints.Remove([_endpoint]);
        }
        int index = _host.Route.GetLink(_endpoint.HostLink).Index;
        await Eventually.IsTrueAsync(() => _host.Route.FindLink(index) is null, "the condemned link is still there");
        await AssertNoNewsAsync();
    }

    [Fact]
    public async Task DeletedEndpointLink_IsNews() => await AssertNewsAsync(() => _host.Route.DeleteLink(_endpoint.HostLink));

    [Fact]
    public async Task EndpointLinkDown_IsNews() => await AssertNewsAsync(() => _host.Route.SetLink(_endpoint.HostLink, new LinkChange { Up = false }));

    [Fact]
    public async Task DeletedFilter_IsNews() => await AssertNewsAsync(() => _host.Route.DeleteIngress(_host.Route.GetLink(_endpoint.HostLink).Index));

    [Fact]
    public async Task AllFiltersDeletedAtOnce_IsNews()
        => await AssertNewsAsync(() => _host.Exec("tc", "filter", "del", "dev", _endpoint.HostLink, "ingress"));

    [Fact]
    public async Task ChangedMtuOfTheHostsInterface_IsNews() => await AssertNewsAsync(() => _host.Route.SetLink(_network.HostLink!, new LinkChange { Mtu = 1300 }));

    [Fact]
    public async Task DeletedRouteOfTheHostsInterface_IsNews()
        => await AssertNewsAsync(() => _host.Route.DeleteRoute(_host.Route.ListRoutes(new RouteFilter { Table = RouteTable.Main, LinkIndex = _host.Route.GetLink(_network.HostLink!).Index })[0]));

    [Fact]
    public async Task DeletedPin_IsNews_AndMadeAgain()
    {
        string pin = Path.Combine(_host.Options.BpfFileSystem, _host.Name, "v1", "flows");
        await AssertNewsAsync(() => File.Delete(pin));
        Assert.False(File.Exists(pin));
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        Assert.True(File.Exists(pin));
    }

    [Fact]
    public async Task NamespaceThatEnds_IsNews() => await AssertNewsAsync(() =>
    {
        _space.Dispose();
        NetworkNamespace.Delete(_space.Name);
    });

    [Fact]
    public async Task NewDevice_IsNews() => await AssertNewsAsync(() => _host.Route.CreateLink(new BridgeSpec { Name = "br9" }));

    [Fact]
    public async Task NewRoute_IsNews() => await AssertNewsAsync(() => _host.Route.AddRoute(new Route { Destination = System.Net.IPNetwork.Parse("198.51.100.0/24"), Type = RouteType.Blackhole }));

    private async Task AssertNewsAsync(Action action)
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        await SettleAsync();
        action();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _host.Dataplane.Drivers.Watcher.WaitForChangeAsync(patience.Token);
    }

    /// <summary>Takes what was news until now, and waits until a mark of ours has come through behind it.</summary>
    private async Task SettleAsync()
    {
        _host.Route.CreateLink(new BridgeSpec { Name = "mark9" });
        _host.Route.DeleteLink("mark9");
        await _host.Dataplane.Drivers.Watcher.WaitForChangeAsync(TestContext.Current.CancellationToken);
        while (await HasNewsAsync(TimeSpan.FromMilliseconds(300)))
        {
        }
    }

    private async Task AssertNoNewsAsync() => Assert.False(await HasNewsAsync(TimeSpan.FromSeconds(1)));

    private async Task<bool> HasNewsAsync(TimeSpan within)
    {
        using var time = new CancellationTokenSource(within);
        try
        {
            await _host.Dataplane.Drivers.Watcher.WaitForChangeAsync(time.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
