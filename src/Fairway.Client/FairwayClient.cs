using Fairway.Client.Hcn;
using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Health;

namespace Fairway.Client;

/// <summary>
/// Talks to <c>fairwayd</c> over its unix socket. One object serves a whole program: it is safe to use from any thread and keeps its
/// connections. The socket is root-equivalent; the caller needs to be root or in the group <c>fairway</c>.
/// </summary>
/// <remarks>
/// Every call throws <see cref="FairwayException"/> when it does not succeed: <see cref="ErrorKind.Unavailable"/> when the daemon cannot be
/// reached, otherwise what the daemon answered, with all findings of its validation. Cancelling a call ends the waiting; a change the daemon
/// has already begun is then completed or not, and reading the resource tells which.
/// References are names, ids or unambiguous beginnings of ids.
/// </remarks>
public sealed partial class FairwayClient : IDisposable
{
    private readonly DaemonHttp _http;

    /// <summary>A client of the default instance.</summary>
    public FairwayClient()
        : this(new FairwayClientOptions())
    {
    }

    /// <summary>A client of a daemon. Nothing is connected before the first call.</summary>
    /// <param name="options">Where the daemon is.</param>
    public FairwayClient(FairwayClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.SocketPath, nameof(options));
        Options = options;
        _http = new DaemonHttp(options);
    }

    /// <summary>What the client was made with.</summary>
    public FairwayClientOptions Options { get; }

    /// <summary>The same daemon through the documents of the HCN schema, for programs that manage Windows hosts as well.</summary>
    public HcnClient Hcn => field ??= new HcnClient(_http);

    /// <summary>How the daemon is.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Its state, version and counts.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<HealthDocument> GetHealthAsync(CancellationToken cancellation = default) =>
        _http.SendAsync<HealthDocument>(Calls.GetHealth(), cancellation);

    /// <summary>The daemon's metrics.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Prometheus text format, version 0.0.4.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<string> GetMetricsAsync(CancellationToken cancellation = default) =>
        _http.SendForTextAsync(new Call(HttpMethod.Get, "/v1/metrics", "read", "the daemon's metrics"), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Path(string collection, string reference) => Calls.Path(collection, reference);
}
