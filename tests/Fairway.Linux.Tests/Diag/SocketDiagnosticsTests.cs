using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Diag;

namespace Fairway.Linux.Tests.Diag;

public sealed class SocketDiagnosticsTests : IDisposable
{
    private readonly SocketDiagnostics _diagnostics = SocketDiagnostics.Open();

    public void Dispose() => _diagnostics.Dispose();

    [Theory]
    [InlineData(TransportProtocol.Tcp, "127.0.0.1")]
    [InlineData(TransportProtocol.Tcp, "::1")]
    [InlineData(TransportProtocol.Udp, "127.0.0.1")]
    [InlineData(TransportProtocol.Udp, "::1")]
    public void List_OwnListeningSocket_IsFoundWithItsProcess(TransportProtocol protocol, string address)
    {
        using Socket mine = Listen(protocol, IPAddress.Parse(address));
        var local = (IPEndPoint)mine.LocalEndPoint!;

        SocketEntry entry = Assert.Single(
            _diagnostics.List(SocketQuery.Listening(protocol, (ushort)local.Port)),
            socket => socket.Local.Equals(local));

        Assert.Equal(protocol == TransportProtocol.Tcp ? SocketState.Listen : SocketState.Close, entry.State);
        Assert.Equal((0u, 0, 0), (entry.UserId, entry.LinkIndex, entry.Remote.Port));
        Assert.NotEqual(0ul, entry.Cookie);
        SocketOwner? owner = SocketOwner.Find(entry.Inode);
        Assert.Equal(Environment.ProcessId, owner?.ProcessId);
        Assert.Equal(File.ReadAllText("/proc/self/comm").Trim(), owner?.Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void List_SocketOnEveryAddress_TellsWhetherItServesIPv4Too(bool v6Only)
    {
        using var mine = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = !v6Only };
        mine.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        mine.Listen();

        SocketEntry entry = Assert.Single(_diagnostics.List(SocketQuery.Listening(TransportProtocol.Tcp, (ushort)((IPEndPoint)mine.LocalEndPoint!).Port)));

        Assert.Equal((v6Only, IPAddress.IPv6Any), (entry.IsV6Only, entry.Local.Address));
    }

    [Fact]
    public void List_OfOneFamilyAndState_LeavesOutTheOthers()
    {
        using Socket tcp4 = Listen(TransportProtocol.Tcp, IPAddress.Loopback);
        using Socket tcp6 = Listen(TransportProtocol.Tcp, IPAddress.IPv6Loopback);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(tcp4.LocalEndPoint!);

        IReadOnlyList<SocketEntry> six = _diagnostics.List(new SocketQuery { Protocol = TransportProtocol.Tcp, Family = AddressFamily.InterNetworkV6 });
        IReadOnlyList<SocketEntry> connected = _diagnostics.List(new SocketQuery { Protocol = TransportProtocol.Tcp, States = [SocketState.Established] });

        Assert.Contains(six, socket => socket.Local.Equals(tcp6.LocalEndPoint));
        Assert.DoesNotContain(six, socket => socket.Local.AddressFamily == AddressFamily.InterNetwork);
        Assert.Contains(connected, socket => socket.Local.Equals(client.LocalEndPoint) && socket.Remote.Equals(tcp4.LocalEndPoint));
        Assert.All(connected, socket => Assert.Equal(SocketState.Established, socket.State));
    }

    [Fact]
    public void Destroy_Connection_ItsOwnerSeesItAborted()
    {
        using Socket server = Listen(TransportProtocol.Tcp, IPAddress.Loopback);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(server.LocalEndPoint!);
        SocketEntry entry = Assert.Single(
            _diagnostics.List(new SocketQuery { Protocol = TransportProtocol.Tcp, States = [SocketState.Established] }),
            socket => socket.Local.Equals(client.LocalEndPoint));

        Assert.True(_diagnostics.Destroy(entry));

        Assert.Equal(SocketError.ConnectionAborted, Assert.Throws<SocketException>(() => client.Receive(new byte[1])).SocketErrorCode);
        Assert.False(_diagnostics.Destroy(entry));
    }

    [Fact]
    public void Find_NoSuchSocket_IsNull()
    {
        Assert.Null(SocketOwner.Find(uint.MaxValue));
        Assert.Null(SocketOwner.Find(0));
        Assert.Empty(SocketOwner.Find([]));
    }

    private static Socket Listen(TransportProtocol protocol, IPAddress address)
    {
        var socket = protocol == TransportProtocol.Tcp
            ? new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        if (protocol == TransportProtocol.Tcp)
            socket.Listen();
        return socket;
    }
}
