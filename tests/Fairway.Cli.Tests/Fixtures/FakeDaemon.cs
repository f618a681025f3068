using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Cli.Tests.Fixtures;

/// <summary>A daemon that answers what a test told it to: HTTP/1.1 over a unix socket, just enough of it for one client.</summary>
internal sealed class FakeDaemon : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Request, Answer>> _answers = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-cli-").FullName;
    private readonly Task _serving;

    public FakeDaemon()
    {
        SocketPath = Path.Combine(_directory, "fairway.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen(64);
        _serving = ServeAsync();
    }

    public string SocketPath { get; }

    /// <summary>Everything asked so far, in order: <c>GET /v1/networks</c>, with the body.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    public IEnumerable<string> Calls => Requests.Select(request => request.Call);

    public string BodyOf(string call) => Requests.Last(request => request.Call == call).Body;

    /// <summary>Answers a call, e.g. <c>GET /v1/networks</c>, with a document.</summary>
    public FakeDaemon On<T>(string call, T document, int status = 200) => On(call, _ => Answer.Of(document, status));

    public FakeDaemon On(string call, Func<Request, Answer> answer)
    {
        _answers[call] = answer;
        return this;
    }

    /// <summary>Answers a call without a document.</summary>
    public FakeDaemon On(string call) => On(call, _ => new Answer(204, "", []));

    public FakeDaemon Refuses(string call, FairwayException error, int status) => On(call, _ => Answer.Of(ErrorDocument.From(error), status));

    /// <summary>Answers a call with events; afterwards the connection stays open until the client goes, or is cut.</summary>
    public FakeDaemon Streams<T>(string call, IEnumerable<T> events, bool cut = false) =>
        On(call, _ => new Answer(200, "text/event-stream", [], [.. events.Select(FairwayJson.Serialize)], cut));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        Directory.Delete(_directory, recursive: true);
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
                clients.Add(ServeAsync(await _listener.AcceptAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        await using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                var answer = _answers.TryGetValue(request.Call, out var known)
                    ? known(request)
                    : Answer.Of(ErrorDocument.From(new FairwayException(ErrorKind.NotFound, request.Path, $"nothing is known of '{request.Call}'")), 404);
                await WriteAsync(stream, answer);
                if (answer.Cut)
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client or the test went away.
        }
    }

    private async Task WriteAsync(NetworkStream stream, Answer answer)
    {
        var length = answer.Events is null ? $"Content-Length: {answer.Body.Length}\r\n" : "";
        var head = $"HTTP/1.1 {answer.Status} X\r\nContent-Type: {answer.ContentType}\r\n{length}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
        await stream.WriteAsync(answer.Body, _end.Token);
        foreach (var data in answer.Events ?? [])
            await stream.WriteAsync(Encoding.UTF8.GetBytes($": still here\n\ndata: {data}\n\n"), _end.Token);
        if (answer.Events is not null && !answer.Cut)
            _ = await stream.ReadAsync(new byte[1], _end.Token);
    }

    private async Task<Request?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n");
        var length = lines.Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(line => int.Parse(line[15..])).FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _end.Token);
        var words = lines[0].Split(' ');
        return new Request(words[0], words[1], Encoding.UTF8.GetString(body));
    }

    internal sealed record Request(string Method, string Path, string Body)
    {
        public string Call => $"{Method} {Path}";
    }

    internal sealed record Answer(int Status, string ContentType, byte[] Body, string[]? Events = null, bool Cut = false)
    {
        public static Answer Of<T>(T document, int status) => new(status, "application/json", FairwayJson.SerializeToUtf8(document));
    }
}
