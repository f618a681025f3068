using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Bpf;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Bpf;

/// <summary>The programs refuse connections to one port of 127.0.0.1 only, which nothing else on the machine uses.</summary>
public sealed class BpfLinkTests : IDisposable
{
    private const string Source = """
        SEC("cgroup/connect4") int refuse(struct bpf_sock_addr *ctx) { return ctx->user_port != bpf_htons(1); }
        SEC("cgroup/connect4") int allow(struct bpf_sock_addr *ctx) { return 1; }
        """;

    private readonly BpfDirectory _pins = new();
    private readonly BpfProgram _refuse;
    private readonly BpfProgram _allow;
    private readonly string _cgroup = FindCgroup();

    public BpfLinkTests()
    {
        using BpfObject file = BpfObject.Open(CompiledBpf.Compile(Source), "links");
        file.Load();
        _refuse = file.OpenProgram("refuse");
        _allow = file.OpenProgram("allow");
    }

    public void Dispose()
    {
        _refuse.Dispose();
        _allow.Dispose();
        _pins.Dispose();
    }

    [Fact]
    public void AttachCgroup_PinnedUpdatedAndUnpinned_WorksThroughout()
    {
        Assert.Equal(SocketError.ConnectionRefused, ConnectToPort1());
        using (BpfLink link = BpfLink.AttachCgroup(_refuse, _cgroup, BpfAttachType.Connect4))
        {
            link.Pin(_pins.PathOf("link"));
            Assert.Equal((_refuse.Id, BpfAttachType.Connect4), (link.ProgramId, link.AttachType));
            Assert.NotEqual(0ul, link.CgroupId);
        }
        Assert.Equal(SocketError.AccessDenied, ConnectToPort1());

        using BpfLink again = BpfLink.OpenPinned(_pins.PathOf("link"));
        again.Update(_allow);
        Assert.Equal(_allow.Id, again.ProgramId);
        Assert.Equal(SocketError.ConnectionRefused, ConnectToPort1());

        again.Update(_refuse);
        BpfFileSystem.Unpin(_pins.PathOf("link"));
        Assert.Equal(SocketError.AccessDenied, ConnectToPort1());
        again.Detach();
        Assert.Equal(SocketError.ConnectionRefused, ConnectToPort1());
    }

    [Fact]
    public void AttachCgroup_NotACgroup_IsAnError()
    {
        Assert.Equal(Errno.EBADF, Assert.Throws<LinuxException>(() => BpfLink.AttachCgroup(_allow, "/tmp", BpfAttachType.Connect4)).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => BpfLink.AttachCgroup(_allow, _cgroup, BpfAttachType.Connect6)).Errno);
    }

    private static SocketError ConnectToPort1()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, 1);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static string FindCgroup() => File.ReadLines("/proc/self/mounts")
        .Select(line => line.Split(' '))
        .First(fields => fields[2] == "cgroup2")[1];
}
