using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane.Tests;

/// <summary>A daemon ends and another one begins; packets do not notice.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly NetworkPlan _network = Plans.Network();

    public RestartTests() => _host.Dataplane.Drivers.Networks.Apply([_network]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Restart_LosesNoPacket()
    {
        TestSpace one = _host.CreateSpace();
        TestSpace two = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, one, 1));
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, two, 2));
        one.Ping("10.77.0.3");
        Task<string> pinging = Task.Run(() => one.Exec("ping", "-i0.005", "-w4", "-q", "10.77.0.3"));
        for (int i = 0; i < 3; i++)
            await _host.RestartAsync();
        string report = await pinging;
        Assert.Contains(" 0% packet loss", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_GivesEveryFilterTheNewProgram()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        Link outer = _host.Route.GetLink(endpoint.HostLink);
        uint before = ProgramOf(outer);
        await _host.RestartAsync();
        Assert.NotEqual(before, ProgramOf(outer));
        Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        Assert.Contains(_network.Id, _host.Dataplane.Drivers.Networks.Observe([_network]));
        Assert.Equal(outer.Index, _host.Route.GetLink(endpoint.HostLink).Index);
    }

    [Fact]
    public async Task WithoutADaemon_PacketsAreForwardedAllTheSame()
    {
        TestSpace space = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(_network, space, 1));
        await _host.Dataplane.DisposeAsync();
        _host.Ping("10.77.0.2");
        space.Ping("fd77::1");
        await _host.RestartAsync();
    }

    [Fact]
    public async Task Restart_AfterThePinsWereLost_MakesEverythingAgain()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        await _host.Dataplane.DisposeAsync();
        Directory.Delete(Path.Combine(_host.Options.BpfFileSystem, _host.Name), recursive: true);
        await _host.RestartAsync();
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        _host.Dataplane.Drivers.Networks.Apply([_network]);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Ping("10.77.0.2");
    }

    [Fact]
    public async Task TwoInstances_OnOneHost_LeaveEachOtherAlone()
    {
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(_network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.CreateOutside("lan0", "192.0.2.1", "192.0.2.9", 24);
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        DataplaneOptions options = _host.Options with { Instance = $"{_host.Name}b", TranslationPorts = new PortRange(40000, 41000) };
        var settings = new SettingRecord();
        await using (HostDataplane other = HostDataplane.Open(options, settings))
        {
            other.Drivers.Uplinks.Synchronize();
            other.Drivers.Endpoints.RemoveExcept([]);
            other.Drivers.Networks.RemoveExcept([]);
            Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
            Assert.Equal(0, _host.Dataplane.Drivers.Uplinks.Synchronize());
            Assert.Equal(2, _host.Route.ListFilters(_host.Route.GetLink("lan0").Index, TrafficDirection.Ingress).Count);
            Assert.Single(_host.Route.ListFilters(_host.Route.GetLink(endpoint.HostLink).Index, TrafficDirection.Ingress));
        }
        new Uninstaller(options, settings).Run();
        Assert.Contains(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint]));
        Assert.Contains(_network.Id, _host.Dataplane.Drivers.Networks.Observe([_network]));
        Assert.Equal(0, _host.Dataplane.Drivers.Uplinks.Synchronize());
        Assert.Contains(NetworkNamespace.ListNamed(), name => name == _host.Instance.ResolverNamespace);
        _host.Ping("10.77.0.2");
    }

    private uint ProgramOf(Link link) => Assert.Single(_host.Route.ListFilters(link.Index, TrafficDirection.Ingress)).ProgramId;
}
