using System.Collections.Concurrent;
using System.Net;

namespace Fairway.Dns.Forwarding;

/// <summary>Asks the outside: from the cache, along with others who ask the same, or by a race of its own.</summary>
internal sealed class Forwarder(IUpstreamSource source, Func<IPEndPoint, bool> isOurs, Counters counters, TimeProvider time, Action<string>? log)
    : IDisposable
{
    private readonly AnswerCache _cache = new(time);
    private readonly ConcurrentDictionary<QuestionKey, Task<ForwardedAnswer>> _running = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private UpstreamSet? _upstreams;

    /// <summary>The outside's answer. Its message may be shared: it is not to be changed.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellation">Ends this asker's wait, not that of others who ask the same.</param>
    public Task<ForwardedAnswer> AskAsync(ForwardedQuery query, CancellationToken cancellation)
    {
        UpstreamSet upstreams = Upstreams();
        if (QuestionKey.Of(query.Query) is not { } key)
            return RaceAsync(upstreams, query, cancellation);
        if (_cache.TryGet(key, out byte[]? known))
        {
            Counters.Add(ref counters.CacheHits);
            return Task.FromResult(ForwardedAnswer.Of(known));
        }
        var own = new TaskCompletionSource<ForwardedAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<ForwardedAnswer> shared = _running.GetOrAdd(key, own.Task);
        if (shared == own.Task)
            _ = LeadAsync(key, own, upstreams, query);
        else
            Counters.Add(ref counters.Shared);
        return shared.WaitAsync(cancellation);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task LeadAsync(QuestionKey key, TaskCompletionSource<ForwardedAnswer> own, UpstreamSet upstreams, ForwardedQuery query)
    {
        try
        {
            ForwardedAnswer answer = await RaceAsync(upstreams, query, _stop.Token).ConfigureAwait(false);
            // Kept before it stops being shared, so that nobody in between asks again.
            if (answer.Message is { } message && upstreams == _upstreams)
                _cache.Add(key, message);
            _running.TryRemove(key, out _);
            own.SetResult(answer);
        }
        catch (OperationCanceledException e)
        {
            own.SetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            // A defect; those who wait must not wait for ever.
            _running.TryRemove(key, out _);
            own.SetException(e);
        }
    }

    private async Task<ForwardedAnswer> RaceAsync(UpstreamSet upstreams, ForwardedQuery query, CancellationToken cancellation)
    {
        Counters.Add(ref counters.Forwarded);
        IReadOnlyList<Upstream> order = upstreams.Order(isOurs);
        foreach (Upstream upstream in order.Where(upstream => upstream.TryClaimProbe()))
            _ = ProbeAsync(upstream, query, upstreams.Configuration.Timeout);
        var race = new Race(query, upstreams.Configuration, order, counters, time);
        ForwardedAnswer answer = await race.RunAsync(cancellation).ConfigureAwait(false);
        if (answer.Message is null)
            Counters.Add(ref counters.Failures);
        return answer;
    }

    // Beside the race, so that no asker waits for a server that is probably still bad.
    private async Task ProbeAsync(Upstream upstream, ForwardedQuery query, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience, time);
        if ((await Attempt.Start(upstream, query, byTcp: false, end.Token).Result.ConfigureAwait(false)).Message is not null)
            upstream.Answered();
    }

    private UpstreamSet Upstreams()
    {
        UpstreamConfiguration configuration = source.Current;
        if (_upstreams is { } current && ReferenceEquals(current.Configuration, configuration))
            return current;
        lock (_gate)
        {
            if (_upstreams is { } raced && ReferenceEquals(raced.Configuration, configuration))
                return raced;
            if (_upstreams is not null)
                log?.Invoke($"the host's name servers are now {string.Join(", ", configuration.Servers)}");
            // Other servers may know other names.
            _cache.Clear();
            return _upstreams = new UpstreamSet(configuration, _upstreams, server => new Upstream(server, time, log));
        }
    }
}
