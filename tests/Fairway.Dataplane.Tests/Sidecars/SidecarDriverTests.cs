using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Bpf;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Dataplane.Tests.Sidecars;

/// <summary>The rows that lead connections to proxies, the programs at the root of the cgroup hierarchy, and the filter inside. That connections follow them is seen end to end.</summary>
public sealed class SidecarDriverTests : IAsyncDisposable
{
    private readonly TestHost _host = new(options => options with { ServeHostProcesses = true });
    private readonly TestSpace _space;
    private readonly EndpointPlan _endpoint;

    public SidecarDriverTests()
    {
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        _space = _host.CreateSpace();
        _endpoint = Plans.Endpoint(network, _space, 1);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Applied_IsFoundByPortAndNamespace_ChangesAtOnce_AndLeavesNothing()
    {
        _host.Dataplane.Drivers.Sidecars.Apply(Plan("10.0.0.0/8"));
        SidecarRow row = Row();
        Assert.Equal((SidecarFlags.Out | SidecarFlags.In | SidecarFlags.User, 1337u, 2u, 1u), (row.Flags, row.User, row.OutboundCount, row.InboundCount));
        Assert.Equal([0u << 16 | 79, 81u << 16 | 65535], row.OutboundRanges[..2].ToArray());
        Assert.Equal(1u, _host.Dataplane.Switch.Maps.SidecarSpaces.Find(_space.Namespace.Cookie));
        Assert.Equal(SidecarFlags.In, _host.Dataplane.Switch.Maps.SidecarPrefixes.Find(new SidecarKey(row.Set, IPNetwork.Parse("10.0.0.0/8"))));
        Assert.Equal(["sidecar_calls", "sidecar_option"], Attachments());

        _host.Dataplane.Drivers.Sidecars.Apply(Plan("10.9.0.0/16"));
        Assert.NotEqual(row.Set, Row().Set);
        Assert.Single(_host.Dataplane.Switch.Maps.SidecarPrefixes.Enumerate());

        _host.Dataplane.Drivers.Sidecars.Remove(Plan("10.9.0.0/16"));
        AssertNothing();
    }

    [Fact]
    public async Task Synchronize_AfterARestart_ExchangesThePrograms_AndRemovesTheRest()
    {
        _host.Dataplane.Drivers.Sidecars.Apply(Plan("10.0.0.0/8"));
        uint before = Program("sidecar_option");
        // Of a crash between two steps.
        _host.Dataplane.Switch.Maps.SidecarPrefixes.Set(new SidecarKey(77, IPNetwork.Parse("10.0.0.0/8")), SidecarFlags.Out);
        _host.Dataplane.Switch.Maps.Sidecars.Set(9, default);
        _host.Dataplane.Switch.Maps.SidecarSpaces.Set(9, 9);
        await _host.RestartAsync();
        // Without a daemon's word they go on as they were.
        Assert.Equal(before, Program("sidecar_option"));
        _host.Dataplane.Drivers.Sidecars.Synchronize([Plan("10.0.0.0/8")]);
        Assert.NotEqual(before, Program("sidecar_option"));
        Assert.Equal(Row().Set, Assert.Single(_host.Dataplane.Switch.Maps.SidecarPrefixes.Enumerate()).Key.Number);
        Assert.Equal(1u, Assert.Single(_host.Dataplane.Switch.Maps.Sidecars.Enumerate()).Key);
        Assert.Equal(_space.Namespace.Cookie, Assert.Single(_host.Dataplane.Switch.Maps.SidecarSpaces.Enumerate()).Key);

        await _host.RestartAsync();
        _host.Dataplane.Drivers.Sidecars.Synchronize([]);
        AssertNothing();
        // Nothing of what was taken away is put back.
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        AssertNothing();
    }

    [Fact]
    public void Filter_Inside_ComesAndGoes_WithTheInterfaceInPlace()
    {
        EndpointPlan led = _endpoint with { CallersMeetSidecar = true };
        _host.Dataplane.Drivers.Endpoints.Apply(led);
        Assert.Contains("to_sidecar", Filters(), StringComparison.Ordinal);
        Assert.Contains(led.Id, _host.Dataplane.Drivers.Endpoints.Observe([led]));

        _space.Exec("tc", "filter", "del", "dev", "eth0", "ingress");
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([led]));
        _host.Dataplane.Drivers.Endpoints.Apply(led);
        Assert.Contains(led.Id, _host.Dataplane.Drivers.Endpoints.Observe([led]));

        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.DoesNotContain("to_sidecar", Filters(), StringComparison.Ordinal);
        _host.Dataplane.Drivers.Endpoints.Apply(led);
        Assert.Contains("to_sidecar", Filters(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostWithoutCgroups_SaysWhatIsMissing()
    {
        await using var host = new TestHost();
        var refused = Assert.Throws<FairwayException>(() => host.Dataplane.Drivers.Sidecars.Apply(Plan("10.0.0.0/8")));
        Assert.Equal(ErrorKind.Unsupported, refused.Kind);
        Assert.Contains("mount -t cgroup2", refused.Message, StringComparison.Ordinal);
        Assert.Empty(host.Dataplane.Switch.Maps.Sidecars.Enumerate());
    }

    private SidecarPlan Plan(string prefix) => new(_endpoint.Id, _endpoint.Name, _endpoint.Port, _space.Namespace.Cookie)
    {
        OutboundPort = 15001,
        InboundPort = 15006,
        User = 1337,
        Prefixes = [new SidecarPrefix(IPNetwork.Parse(prefix), Outbound: false, Inbound: true)],
        OutboundPorts = [new PortInterval(0, 79), new PortInterval(81, 65535)],
        InboundPorts = [new PortInterval(0, 65535)],
    };

    private string Filters() => _space.Exec("tc", "filter", "show", "dev", "eth0", "ingress");

    private string Pins => Path.Combine(_host.Options.BpfFileSystem, _host.Name, "v1", "attachments");

    private string[] Attachments() => [.. Directory.EnumerateFiles(Pins, "sidecar_*").Select(path => Path.GetFileName(path)).Order()];

    private uint Program(string attachment)
    {
        using BpfLink link = BpfLink.OpenPinned(Path.Combine(Pins, attachment));
        return link.ProgramId;
    }

    private void AssertNothing()
    {
        Assert.Empty(_host.Dataplane.Switch.Maps.Sidecars.Enumerate());
        Assert.Empty(_host.Dataplane.Switch.Maps.SidecarSpaces.Enumerate());
        Assert.Empty(_host.Dataplane.Switch.Maps.SidecarPrefixes.Enumerate());
        Assert.Empty(Attachments());
    }

    private SidecarRow Row() => _host.Dataplane.Switch.Maps.Sidecars.Find(1)!.Value;
}
