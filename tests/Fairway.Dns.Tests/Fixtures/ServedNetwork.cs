using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>A resolver that serves one network on a loopback address of its own, until disposed.</summary>
internal sealed class ServedNetwork : IAsyncDisposable
{
    private static int s_next;

    public ServedNetwork(ResolverNetwork network, ResolverOptions options, IPEndPoint? at = null)
    {
        Resolver = new Resolver(options);
        At = at ?? new IPEndPoint(FreshAddress(), 0);
        Socket udp = Udp(At);
        At = (IPEndPoint)udp.LocalEndPoint!;
        Resolver.AddNetwork(network, [udp, Tcp(At)]);
    }

    public ServedNetwork(ResolverNetwork network, params IPEndPoint[] upstreams)
        : this(network, new ResolverOptions { Upstreams = new FixedUpstreams(upstreams) })
    {
    }

    public Resolver Resolver { get; }

    public IPEndPoint At { get; }

    public static IPAddress FreshAddress() => new([127, 8, (byte)(Environment.ProcessId % 251), (byte)Interlocked.Increment(ref s_next)]);

    public static Socket Udp(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(at);
        return socket;
    }

    public static Socket Tcp(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // A connection of the daemon before may still be in TIME_WAIT. .NET sets SO_REUSEADDR for listeners by itself on Linux.
        socket.Bind(at);
        return socket;
    }

    public async Task<Answer> AskAsync(Ask ask) => Answer.Parse(await AskAsync(ask.Build()));

    /// <summary>Sends a datagram and waits for the first one that comes back.</summary>
    public async Task<byte[]> AskAsync(byte[] query)
    {
        using var socket = new Socket(At.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(At);
        await socket.SendAsync(query);
        byte[] reply = new byte[65536];
        int length = await socket.ReceiveAsync(reply).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return reply[..length];
    }

    public async Task<TcpAsker> ConnectAsync(IPAddress? from = null) => await TcpAsker.ConnectAsync(At, from);

    public ValueTask DisposeAsync() => Resolver.DisposeAsync();
}
