using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fairway.Api.Access;
using Fairway.Api.Docker;
using Fairway.Daemon.Listening;
using Fairway.Testing;
using Microsoft.Extensions.Logging;

namespace Fairway.Api.Tests.Docker;

/// <summary>Docker's drivers on a real socket, over the engine on a fake kernel. No Docker is there to ask for names.</summary>
public sealed class PluginFixture : IAsyncLifetime
{
    public const string NetworkId = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public const string EndpointId = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    public const string OtherId = "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";

    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-plugin-").FullName;
    private readonly ILoggerFactory _logging = LoggerFactory.Create(_ => { });
    private HttpClient _client = null!;

    internal TestEngine Engine { get; private set; } = null!;

    internal DockerServer Server { get; private set; } = null!;

    private string SocketPath => Path.Combine(_directory, "fairway.sock");

    public async ValueTask InitializeAsync()
    {
        Engine = await TestEngine.StartAsync();
        Server = DockerServer.Build(new DockerParts
        {
            Host = Engine.Networking,
            Listener = ApiSocket.Listen(SocketPath, null),
            Identify = ApiSocket.Identify,
            Access = new PeerAccess("fairway", null),
            DockerSocket = Path.Combine(_directory, "docker.sock"),
            Logging = _logging,
        });
        await Server.StartAsync(CancellationToken.None);
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = async (_, _) => new NetworkStream(await ConnectAsync(), ownsSocket: true) }) { BaseAddress = new Uri("http://plugin.moby.localhost") };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        await Engine.DisposeAsync();
        _logging.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string method, string body = "")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/vnd.docker.plugins.v1.2+json");
        using var answer = await _client.PostAsync(new Uri($"/{method}", UriKind.Relative), content);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>A call that must succeed.</summary>
    public async Task<JsonElement> DoAsync(string method, string body = "")
    {
        var (status, answer) = await PostAsync(method, body);
        Assert.True(status == HttpStatusCode.OK && !answer.TryGetProperty("Err", out _) && !answer.TryGetProperty("Error", out _), $"{method}: {status} {answer}");
        return answer;
    }

    /// <summary>The network of most tests: 10.70.0.0/24, made by Docker's own IPAM.</summary>
    public Task CreateNetworkAsync() => DoAsync("NetworkDriver.CreateNetwork",
        $$$"""{"NetworkID":"{{{NetworkId}}}","Options":{"com.docker.network.generic":{}},"IPv4Data":[{"AddressSpace":"LocalDefault","Pool":"10.70.0.0/24","Gateway":"10.70.0.1/24"}],"IPv6Data":[]}""");

    public Task<JsonElement> CreateEndpointAsync(string address = "10.70.0.5/24") => DoAsync("NetworkDriver.CreateEndpoint",
        $$$"""{"NetworkID":"{{{NetworkId}}}","EndpointID":"{{{EndpointId}}}","Interface":{"Address":"{{{address}}}","AddressIPv6":"","MacAddress":""},"Options":{}}""");

    /// <summary>Everything a request could have changed.</summary>
    public string State() => string.Join('\n',
        Engine.Networking.Networks.Select(network => $"{network.Spec.Name} {network.Revision}")
            .Concat(Engine.Networking.Endpoints.Select(endpoint => $"{endpoint.Spec.Name} {endpoint.Revision}")));
}
