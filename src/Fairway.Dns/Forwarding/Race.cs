using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>
/// One question on its way to an answer. The servers are asked in order, the next one as soon as the one before fails or has been silent for
/// 300 ms; all of them stay in the race and the first answer wins. A round that ends without one is followed by another, twice as long: a datagram
/// that was lost costs a second, and a server that is slow is not asked again and again.
/// </summary>
internal sealed class Race(ForwardedQuery query, UpstreamConfiguration configuration, IReadOnlyList<Upstream> order, Counters counters, TimeProvider time)
{
    private static readonly TimeSpan s_firstRound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_hedge = TimeSpan.FromMilliseconds(300);

    // What refuses connections may be restarting.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly List<Attempt> _running = [];
    private readonly SortedSet<string> _causes = [];
    private byte[]? _refusal;

    /// <summary>The first answer; else an upstream's own failure; else the causes.</summary>
    public async Task<ForwardedAnswer> RunAsync(CancellationToken cancellation)
    {
        if (order.Count == 0)
            return ForwardedAnswer.Failed("the host has no name server to ask");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        byte[]? answer = null;
        TimeSpan left = configuration.Timeout * configuration.Attempts, round = s_firstRound;
        for (bool isFirst = true; answer is null && left > TimeSpan.Zero && !HaveAllSpoken; isFirst = false)
        {
            TimeSpan length = round < left ? round : left;
            left -= length;
            round *= 2;
            answer = await RunRoundAsync(length, isFirst, isLast: left == TimeSpan.Zero, stop.Token).ConfigureAwait(false);
        }
        await stop.CancelAsync().ConfigureAwait(false);
        if (answer is not null)
            return ForwardedAnswer.Of(answer);
        Counters.Add(ref counters.TimeOuts, _running.Count);
        Blame(_running, "no answer");
        return _refusal is not null ? ForwardedAnswer.Of(_refusal) : ForwardedAnswer.Failed(string.Join("; ", _causes));
    }

    private async Task<byte[]?> RunRoundAsync(TimeSpan length, bool isFirst, bool isLast, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        for (int i = 0; i < order.Count; i++)
        {
            _running.Add(Attempt.Start(order[i], query, query.ByTcp && isFirst, cancellation));
            bool isEnd = i == order.Count - 1;
            TimeSpan left = length - time.GetElapsedTime(start);
            TimeSpan patience = isEnd || left < s_hedge ? left : s_hedge;
            if (patience > TimeSpan.Zero && await WaitAsync(patience, isEnd, cancellation).ConfigureAwait(false) is { } answer)
                return answer;
        }
        if (_running.Count == 0 && _refusal is null && !isLast)
            await Task.Delay(s_pause, time, cancellation).ConfigureAwait(false);
        return null;
    }

    // Null when patience ended, nobody is left running, or somebody failed whose place the next server can take.
    private async Task<byte[]?> WaitAsync(TimeSpan patience, bool isEnd, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task timer = Task.Delay(patience, time, end.Token);
        byte[]? answer = null;
        while (_running.Count > 0)
        {
            Task first = await Task.WhenAny([timer, .. _running.Select(attempt => attempt.Result)]).ConfigureAwait(false);
            if (first == timer)
                break;
            answer = await TakeAsync(_running.FindIndex(attempt => attempt.Result == first)).ConfigureAwait(false);
            if (answer is not null || !isEnd)
                break;
        }
        await end.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return answer;
    }

    private async Task<byte[]?> TakeAsync(int index)
    {
        Attempt attempt = _running[index];
        _running.RemoveAt(index);
        ExchangeResult result = await attempt.Result.ConfigureAwait(false);
        if (result.Message is not { } answer)
        {
            Blame([attempt], result.Cause!);
            return null;
        }
        attempt.Upstream.Answered();
        DnsHeader.TryRead(answer, out DnsHeader header);
        if (header.Code is not (ResponseCode.NoError or ResponseCode.NameError))
        {
            _refusal = answer;
            return null;
        }
        // Those asked earlier had more time than the winner.
        Blame(_running[..index].Where(other => other.Upstream != attempt.Upstream), "others were faster");
        return answer;
    }

    private void Blame(IEnumerable<Attempt> attempts, string cause)
    {
        foreach (Attempt attempt in attempts)
        {
            attempt.Upstream.Missed(cause);
            _causes.Add($"{attempt.Upstream.Server}: {cause}");
        }
    }

    private bool HaveAllSpoken => _running.Count == 0 && _refusal is not null;
}
