using System.Globalization;
using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Explain;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>Asks what would become of the first packet of a connection, layer by layer. Nothing is sent, and connections there are do not count.</summary>
    /// <param name="request">Who calls whom.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The verdict, what decided, and the packet's way.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict: several may be meant; InvalidArgument; the daemon cannot be reached.</exception>
    public Task<Explanation> ExplainAsync(ExplainRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.SendAsync<Explanation>(new Call(HttpMethod.Get, ExplainPath(request), "explain", $"'{request.Source}' to '{request.Destination}'"), cancellation);
    }

    private static string ExplainPath(ExplainRequest request)
    {
        (string Name, string? Value)[] query =
        [
            ("source", request.Source),
            ("destination", request.Destination),
            ("protocol", request.Protocol.ToString()),
            ("port", request.Port?.ToString(CultureInfo.InvariantCulture)),
            ("source-port", request.SourcePort?.ToString(CultureInfo.InvariantCulture)),
            ("version", request.Version?.ToString(CultureInfo.InvariantCulture)),
        ];
        return "/v1/explain?" + string.Join('&', query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }
}
