using System.Net.Http.Headers;
using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Client.Transport;

/// <summary>Requests and answers over the daemon's socket; every failure becomes a <see cref="FairwayException"/>.</summary>
internal sealed class DaemonHttp : IDisposable
{
    /// <summary>Bytes of a body that is worth a question ahead.</summary>
    private const int LongBody = 256 * 1024;

    private readonly HttpClient _http;
    private readonly FairwayClientOptions _options;

    public DaemonHttp(FairwayClientOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellation) => DaemonSocket.ConnectAsync(options.SocketPath, cancellation),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            // Nothing is traced: the activity machinery costs a millisecond at start.
            ActivityHeadersPropagator = null,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://fairwayd"), Timeout = options.Timeout };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads the answer's document.</summary>
    public Task<T> SendAsync<T>(Call call, CancellationToken cancellation) => SendAsync(call, FairwayJson.Deserialize<T>, cancellation);

    /// <summary>Sends a request and reads the answer's document, which has a form of its own.</summary>
    public Task<T> SendAsync<T>(Call call, DocumentReader<T> read, CancellationToken cancellation) =>
        GuardAsync(call, async () =>
        {
            using var response = await SendAsync(call, HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
            return read(await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
        }, cancellation);

    /// <summary>Sends a request whose answer has no document.</summary>
    public Task SendAsync(Call call, CancellationToken cancellation) =>
        GuardAsync(call, async () =>
        {
            using var response = await SendAsync(call, HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
            return true;
        }, cancellation);

    /// <summary>Sends a request whose answer is text.</summary>
    public Task<string> SendForTextAsync(Call call, CancellationToken cancellation) =>
        GuardAsync(call, async () =>
        {
            using var response = await SendAsync(call, HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
            return await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        }, cancellation);

    /// <summary>Sends a request whose answer goes on; the caller disposes of it.</summary>
    public Task<HttpResponseMessage> SendForStreamAsync(Call call, CancellationToken cancellation) =>
        GuardAsync(call, () => SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellation), cancellation);

    private async Task<HttpResponseMessage> SendAsync(Call call, HttpCompletionOption completion, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(call.Method, call.Path);
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            // fairwayd refuses a body that is too long without reading it; who is still sending then loses the answer with the connection.
            request.Headers.ExpectContinue = body.Length > LongBody;
        }
        var response = await _http.SendAsync(request, completion, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await DaemonError.ReadAsync(call, response, cancellation).ConfigureAwait(false);
    }

    private async Task<T> GuardAsync<T>(Call call, Func<Task<T>> exchange, CancellationToken cancellation)
    {
        try
        {
            return await exchange().ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.InnerException is FairwayException explained)
        {
            throw explained;
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Unavailable(call, $"no answer within {_options.Timeout.TotalSeconds:0.#} s; see fairwayd's log", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unavailable(call, "fairwayd ended the connection; it may be restarting: try again", e);
        }
        catch (JsonException e)
        {
            throw DaemonError.Unexpected(call, e);
        }
    }

    private static FairwayException Unavailable(Call call, string reason, Exception cause) =>
        new(ErrorKind.Unavailable, "fairwayd", $"{call.Operation}: {reason}", inner: cause);
}
