using System.Net.Sockets;
using System.Text;
using Fairway.Api.Access;
using Microsoft.Extensions.Logging;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>The API on a real socket in a directory of its own, over a fake host.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-api-").FullName;
    private readonly ILoggerFactory _logging;

    public ServerFixture() => _logging = LoggerFactory.Create(logging => logging.AddProvider(Log));

    public string SocketPath => Path.Combine(_directory, "fairway.sock");

    internal FakeHost Host { get; } = new();

    internal FakeSwitch Switch { get; } = new();

    internal LogLines Log { get; } = new();

    internal ApiServer Server { get; private set; } = null!;

    /// <summary>Nobody but root is let in unless a test sets this before the server starts.</summary>
    internal PeerAccess Access { get; init; } = new("fairway", null);

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen();
        Server = ApiServer.Build(new ApiParts
        {
            Host = Host,
            Events = Switch,
            Statistics = Switch,
            Listener = listener,
            Identify = PeerOf,
            Access = Access,
            Daemon = new DaemonDescription("1.2.3", "test", DateTimeOffset.UnixEpoch, "net:[4026531840]"),
            Logging = _logging,
        });
        await Server.StartAsync(CancellationToken.None);
        Client = NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.StopAsync(CancellationToken.None);
        await Server.DisposeAsync();
        _logging.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    public HttpClient NewClient() => new(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new Uri("http://fairway") };

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    /// <summary>Sends bytes as they are and returns everything that comes back until the server closes.</summary>
    public async Task<string> ExchangeAsync(string request)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        new NetworkStream(await ConnectAsync(), ownsSocket: true);

    /// <summary>SO_PEERCRED: struct ucred { pid, uid, gid } (asm-generic/socket.h, linux/socket.h).</summary>
    private static Peer PeerOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(1, 17, credentials);
        return new Peer(BitConverter.ToInt32(credentials), BitConverter.ToUInt32(credentials[4..]), [BitConverter.ToUInt32(credentials[8..])]);
    }
}
