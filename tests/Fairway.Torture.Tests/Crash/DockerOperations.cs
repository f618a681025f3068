using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fairway.Client;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Torture.Tests.Crash;

/// <summary>What dockerd asks of its network driver in the life of a container with a published port. It takes down what was not answered, and so does undoing.</summary>
internal sealed class DockerOperations : IDisposable
{
    private static readonly string s_network = new('c', 64);
    private static readonly string s_endpoint = new('d', 64);
    private static readonly string s_ids = $"\"NetworkID\":\"{s_network}\",\"EndpointID\":\"{s_endpoint}\"";

    private readonly FairwayClient _client;
    private readonly HttpClient _driver;

    /// <param name="client">The daemon's.</param>
    /// <param name="socket">Path of the driver's socket.</param>
    public DockerOperations(FairwayClient client, string socket)
    {
        _client = client;
        _driver = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(socket, cancellation) }) { BaseAddress = new Uri("http://driver") };
    }

    public Operation[] All()
    {
        Operation network = new("docker: create a network", CreateNetworkAsync, () => AskAsync("DeleteNetwork", $"\"NetworkID\":\"{s_network}\""), async () => (await _client.ListNetworksAsync()).Any(found => found.Spec.EngineNetworks.Length > 0));
        Operation endpoint = new("docker: create an endpoint", CreateEndpointAsync, () => AskAsync("DeleteEndpoint", s_ids), async () => await FindAsync() is not null);
        Operation ports = new("docker: join and publish", PublishAsync, WithdrawAsync, async () => await FindAsync() is { Spec.Publications.Length: > 0 });
        Operation[] forward = [network, endpoint, ports];
        return [.. forward, .. forward.Reverse().Select(operation => operation.Reverse())];
    }

    public void Dispose() => _driver.Dispose();

    private Task CreateNetworkAsync() => AskAsync("CreateNetwork",
        $"\"NetworkID\":\"{s_network}\"" + ""","Options":{"com.docker.network.generic":{}},"IPv4Data":[{"AddressSpace":"LocalDefault","Pool":"10.70.0.0/24","Gateway":"10.70.0.1/24"}],"IPv6Data":[]""");

    private Task CreateEndpointAsync() => AskAsync("CreateEndpoint", s_ids + ""","Interface":{"Address":"10.70.0.5/24","AddressIPv6":"","MacAddress":""},"Options":{}""");

    private async Task PublishAsync()
    {
        await AskAsync("Join", $"{s_ids},\"SandboxKey\":\"/var/run/docker/netns/1\",\"Options\":{{}}");
        await AskAsync("ProgramExternalConnectivity", s_ids + ""","Options":{"com.docker.network.portmap":[{"Proto":6,"IP":"","Port":80,"HostIP":"","HostPort":9080,"HostPortEnd":9080}]}""");
    }

    private async Task WithdrawAsync()
    {
        await AskAsync("RevokeExternalConnectivity", s_ids);
        await AskAsync("Leave", s_ids);
    }

    private async Task<Endpoint?> FindAsync() => (await _client.ListEndpointsAsync()).FirstOrDefault(endpoint => endpoint.Spec.HandedOver);

    private async Task AskAsync(string method, string members)
    {
        try
        {
            using var content = new StringContent($"{{{members}}}", Encoding.UTF8, "application/vnd.docker.plugins.v1.2+json");
            using HttpResponseMessage answer = await _driver.PostAsync(new Uri($"/NetworkDriver.{method}", UriKind.Relative), content);
            using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            if (document.RootElement.TryGetProperty("Err", out JsonElement error))
                throw new FairwayException(ErrorKind.Internal, method, error.GetString()!);
        }
        catch (HttpRequestException gone)
        {
            throw new FairwayException(ErrorKind.Unavailable, method, gone.Message, inner: gone);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
