using System.Net.Sockets;
using System.Text;
using Fairway.Api.Access;
using Fairway.Daemon.Listening;
using Fairway.Testing;
using Microsoft.Extensions.Logging;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>The API on a real socket in a directory of its own, over the engine on a fake kernel.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-api-").FullName;
    private readonly ILoggerFactory _logging;

    public ServerFixture() => _logging = LoggerFactory.Create(logging => logging.AddProvider(Log));

    public string SocketPath => Path.Combine(_directory, "fairway.sock");

    internal TestEngine Engine { get; private set; } = null!;

    internal InterceptedHost Host { get; private set; } = null!;

    internal FakeSwitch Switch { get; } = new();

    internal LogLines Log { get; } = new();

    internal ApiServer Server { get; private set; } = null!;

    /// <summary>Nobody but root is let in unless a test sets this before the server starts.</summary>
    internal PeerAccess Access { get; init; } = new("fairway", null);

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Engine = await TestEngine.StartAsync();
        Host = new InterceptedHost(Engine.Networking);
        Server = ApiServer.Build(new ApiParts
        {
            Host = Host,
            Events = Switch,
            Statistics = Switch,
            Listener = ApiSocket.Listen(SocketPath, Access.GroupId),
            Identify = ApiSocket.Identify,
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
        await Engine.DisposeAsync();
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
}
