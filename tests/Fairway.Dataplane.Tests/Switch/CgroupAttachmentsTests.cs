using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Tests.Switch;

/// <summary>The programs at the root of the cgroup hierarchy. They see every process of the machine and touch those of this test's host only.</summary>
public sealed class CgroupAttachmentsTests : IAsyncDisposable
{
    private readonly TestHost _host = new(options => options with { ServeHostProcesses = true });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Restart_ExchangesThePrograms_InsideTheSameLinks()
    {
        Dictionary<string, (uint Link, uint Program)> before = Attachments();
        Assert.Superset(new HashSet<string> { "connect4", "connect6", "bind4", "bind6" }, before.Keys.ToHashSet());
        await _host.RestartAsync();
        Dictionary<string, (uint Link, uint Program)> after = Attachments();
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before, entry => Assert.Equal(entry.Value.Link, after[entry.Key].Link));
        Assert.All(before, entry => Assert.NotEqual(entry.Value.Program, after[entry.Key].Program));
    }

    [Fact]
    public async Task Restart_RemovesWhatThisReleaseDoesNotKnow()
    {
        string pins = Path.Combine(_host.Options.BpfFileSystem, _host.Name, "v1", "attachments");
        using (BpfLink link = BpfLink.OpenPinned(Path.Combine(pins, "connect4")))
        using (BpfProgram program = BpfProgram.OpenId(link.ProgramId))
        using (BpfLink old = BpfLink.AttachCgroup(program, "/sys/fs/cgroup/unified", BpfAttachType.Connect4))
            old.Pin(Path.Combine(pins, "of_old"));
        await _host.RestartAsync();
        Assert.False(File.Exists(Path.Combine(pins, "of_old")));
    }

    [Fact]
    public async Task HostProcess_ReachesAPublishedPort_ByLocalhost()
    {
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        TestSpace space = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(network, space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(endpoint, 1, 8080, 80, hostAddress: "127.0.0.1")]);
        using var server = new TcpEcho(space, "10.77.0.2", 80);
        Assert.Equal("10.77.0.1", await TcpEcho.AskAsync(_host.Namespace, "127.0.0.1", 8080));
    }

    [Fact]
    public void HostProcess_ThatWantsAPublishedPort_IsRefused()
    {
        NetworkPlan network = Plans.Network();
        EndpointPlan endpoint = Plans.Endpoint(network, _host.CreateSpace(), 1);
        _host.Dataplane.Drivers.Publications.Apply([Plans.Publication(endpoint, 1, 8080, 80)]);
        using Socket inHost = _host.Namespace.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Throws<SocketException>(() => inHost.Bind(new IPEndPoint(IPAddress.Any, 8080)));
        using Socket elsewhere = _host.CreateSpace().Namespace.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        elsewhere.Bind(new IPEndPoint(IPAddress.Any, 8080));
    }

    private Dictionary<string, (uint Link, uint Program)> Attachments()
        => Directory.EnumerateFiles(Path.Combine(_host.Options.BpfFileSystem, _host.Name, "v1", "attachments")).ToDictionary(path => Path.GetFileName(path), path =>
        {
            using BpfLink link = BpfLink.OpenPinned(path);
            return (link.Id, link.ProgramId);
        });
}
