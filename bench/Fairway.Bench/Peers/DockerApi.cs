using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Fairway.Bench.Peers;

/// <summary>dockerd over its socket, without what its command line costs.</summary>
internal sealed class DockerApi(string socketPath) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://docker"),
        Timeout = TimeSpan.FromMinutes(10),
    };

    public JsonNode Get(string path) => JsonNode.Parse(Send(HttpMethod.Get, path, null))!;

    public void Post(string path, JsonNode? body = null) => Post(path, new StringContent(body?.ToJsonString() ?? "", Encoding.UTF8, "application/json"));

    public void Post(string path, HttpContent body) => Send(HttpMethod.Post, path, body);

    public void Delete(string path) => Send(HttpMethod.Delete, path, null);

    public void Dispose() => _http.Dispose();

    private string Send(HttpMethod method, string path, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using HttpResponseMessage answer = _http.SendAsync(request).GetAwaiter().GetResult();
        string text = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"Docker, {method} {path}: {(int)answer.StatusCode}: {text.Trim()}");
    }
}
