using Fairway.Dataplane.Host;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Sysctl;

namespace Fairway.Dataplane.Tests;

public sealed class UninstallerTests : IAsyncDisposable
{
    private readonly TestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Uninstall_WithoutAnyRecord_LeavesTheHostAsItWas()
    {
        TestSpace outside = _host.CreateOutside("lan0", "192.0.2.1", "192.0.2.9", 24);
        string before = Snapshot();
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        TestSpace space = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(network, space, 1));
        _host.Dataplane.Drivers.Namespaces.Create($"{_host.Name}-made");
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        await _host.Dataplane.DisposeAsync();
        Assert.NotEqual(before, Snapshot());
        new Uninstaller(_host.Options, new SettingRecord()).Run();
        Assert.Equal(before, Snapshot());
        Assert.Equal("", new KernelSettings(_host.Namespace).Read(HostSettings.ReservedPorts));
        Assert.DoesNotContain(NetworkNamespace.ListNamed(), name => name.StartsWith(_host.Instance.NamespacePrefix, StringComparison.Ordinal));
        Assert.Null(space.Route.FindLink("eth0"));
        Assert.NotNull(outside.Route.FindLink("eth0"));
        new Uninstaller(_host.Options, new SettingRecord()).Run();
    }

    private string Snapshot() => _host.Exec("sh", "-c", "ip -o link | sed 's/qdisc [a-z]*//'; ip -o address; ip route show table all; ip -6 route show table all; tc qdisc; sysctl -a 2>/dev/null | grep -E 'net.ipv[46].conf.(all|default|lan0)' | sort");
}
