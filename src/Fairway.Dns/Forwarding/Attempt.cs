namespace Fairway.Dns.Forwarding;

/// <summary>One upstream being asked.</summary>
/// <param name="Upstream">Whom.</param>
/// <param name="Result">Completes without an exception, cancelled or not.</param>
internal sealed record Attempt(Upstream Upstream, Task<ExchangeResult> Result)
{
    public static Attempt Start(Upstream upstream, ForwardedQuery query, bool byTcp, CancellationToken cancellation)
        => new(upstream, AskAsync(upstream, new UpstreamQuery(query.Message, query.Query.Question), byTcp, cancellation));

    private static async Task<ExchangeResult> AskAsync(Upstream upstream, UpstreamQuery query, bool byTcp, CancellationToken cancellation)
    {
        if (!upstream.TryOpen())
            return ExchangeResult.Failed($"{Upstream.MostOpen} questions are open");
        try
        {
            ExchangeResult result = byTcp ? await Exchange.ByTcpAsync(upstream.Server, query, cancellation).ConfigureAwait(false) : default;
            // Not every server takes connections.
            return result.Message is not null ? result : await Exchange.ByUdpAsync(upstream.Server, query, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExchangeResult.Failed("no answer in time");
        }
        finally
        {
            upstream.Close();
        }
    }
}
