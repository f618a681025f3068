using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Routing;
using Fairway.Linux.Sockets;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Sockets;

public sealed class ManagedSocketTests : IDisposable
{
    private readonly TestNamespace _here = new();

    public ManagedSocketTests() => _here.Namespace.SetLoopbackUp();

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task OpenManagedSocket_ServerAndClient_TalkInsideOnly(string text)
    {
        IPAddress address = IPAddress.Parse(text);
        CancellationToken patience = TestContext.Current.CancellationToken;
        using Socket server = _here.Namespace.OpenManagedSocket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(address, 0));
        server.Listen();
        using Socket client = _here.Namespace.OpenManagedSocket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        Task<Socket> accepting = server.AcceptAsync(patience).AsTask();
        await client.ConnectAsync(server.LocalEndPoint!, patience);
        using Socket accepted = await accepting;
        await accepted.SendAsync("hello"u8.ToArray(), patience);
        byte[] answer = new byte[5];
        Assert.Equal(5, await client.ReceiveAsync(answer, patience));

        Assert.Equal("hello"u8, answer);
        Assert.Equal(_here.Namespace.Cookie, server.GetNamespaceCookie());
        Assert.Equal(_here.Namespace.Cookie, accepted.GetNamespaceCookie());
        using var outside = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        Assert.NotEqual(_here.Namespace.Cookie, outside.GetNamespaceCookie());
    }

    [Fact]
    public void OpenManagedSocket_BothFamiliesOnOnePort_DoNotCollide()
    {
        using Socket four = _here.Namespace.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using Socket six = _here.Namespace.OpenManagedSocket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        four.Bind(new IPEndPoint(IPAddress.Any, 53));
        six.Bind(new IPEndPoint(IPAddress.IPv6Any, 53));
    }

    [Fact]
    public async Task BindToDevice_TwoLinksWithOneAddress_EachAnswersItsOwn()
    {
        using var there = new TestNamespace();
        CancellationToken patience = TestContext.Current.CancellationToken;
        Connect(there, "n1", "10.1.0.1", "10.1.0.2");
        Connect(there, "n2", "10.1.0.1", "10.1.0.3");
        using Socket first = Server("n1");
        using Socket second = Server("n2");
        using Socket client = there.Namespace.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.BindToDevice("n2-peer");
        client.Bind(new IPEndPoint(IPAddress.Parse("10.1.0.3"), 0));

        await client.SendToAsync(new byte[] { 7 }, new IPEndPoint(IPAddress.Parse("10.1.0.1"), 53), patience);

        byte[] buffer = new byte[10];
        SocketReceiveFromResult received = await second.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), patience);
        Assert.Equal((1, client.LocalEndPoint), (received.ReceivedBytes, received.RemoteEndPoint));
        Assert.Equal(0, first.Available);
    }

    [Fact]
    public void BindToDevice_NoSuchLink_SaysWhich()
    {
        using Socket socket = _here.Namespace.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var error = Assert.Throws<LinuxException>(() => socket.BindToDevice("nowhere"));
        Assert.StartsWith("bind socket to link 'nowhere': No such device (ENODEV)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PeerCredentials_OfAUnixConnection_AreThisProcess()
    {
        string path = Path.Combine(Path.GetTempPath(), $"fwt-{Environment.ProcessId}.sock");
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            server.Listen();
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.Connect(server.LocalEndPoint!);
            using Socket accepted = server.Accept();
            Assert.Equal(new PeerCredentials(Environment.ProcessId, 0, 0), PeerCredentials.Of(accepted));
            Assert.Equal(OwnGroups(), PeerCredentials.SupplementaryGroupsOf(accepted).Order());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void PeerCredentials_OfATcpSocket_AreRefused()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Throws<LinuxException>(() => PeerCredentials.Of(socket));
    }

    [Fact]
    public void SocketFile_TellsASocketFromAFile_AndChangesItsGroup()
    {
        string path = Path.Combine(Path.GetTempPath(), $"fwt-{Environment.ProcessId}-file.sock");
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            Assert.True(SocketFile.IsSocket(path));
            Assert.False(SocketFile.IsSocket("/etc/passwd"));
            Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => SocketFile.IsSocket(path + "x")).Errno);
            SocketFile.SetGroup(path, 65534);
            Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => SocketFile.SetGroup(path + "x", 1)).Errno);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<uint> OwnGroups() => File.ReadLines("/proc/self/status")
        .First(line => line.StartsWith("Groups:", StringComparison.Ordinal))["Groups:".Length..]
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(uint.Parse).Order();

    private void Connect(TestNamespace there, string name, string here, string peer)
    {
        _here.Route.CreateLink(new VethSpec { Name = name, Up = true, Peer = new VethPeerSpec { Name = $"{name}-peer", Namespace = there.Namespace } });
        there.Route.SetLink($"{name}-peer", new LinkChange { Up = true });
        _here.Route.AddAddress(new InterfaceAddress { LinkIndex = _here.Route.GetLink(name).Index, Address = IPAddress.Parse(here), PrefixLength = 24 });
        there.Route.AddAddress(new InterfaceAddress { LinkIndex = there.Route.GetLink($"{name}-peer").Index, Address = IPAddress.Parse(peer), PrefixLength = 24 });
    }

    private Socket Server(string link)
    {
        Socket socket = _here.Namespace.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.BindToDevice(link);
        socket.Bind(new IPEndPoint(IPAddress.Any, 53));
        return socket;
    }
}
