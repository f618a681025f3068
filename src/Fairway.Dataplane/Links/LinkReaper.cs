using System.Threading.Channels;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Engine.Diagnostics;
using Fairway.Linux;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Links;

/// <summary>
/// Deletes condemned links in the background. Deleting waits for the kernel to be sure that nobody uses the link, 20 ms for one or
/// for a group of them, so it is done in small groups, and while nobody attaches or detaches.
/// </summary>
internal sealed class LinkReaper : IAsyncDisposable
{
    /// <summary>As many as the kernel deletes in the time of one; a concurrent attach waits for them at most once.</summary>
    private const int GroupSize = 16;

    /// <summary>Above this many waiting links there is no more waiting for quiet.</summary>
    private const int Backlog = 256;

    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it waits after a failure, twice as long after each further one.</summary>
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250), s_longestPause = TimeSpan.FromSeconds(30);

    private readonly HostNetlink _host;
    private readonly Instance _instance;
    private readonly TimeProvider _time;
    private readonly Action<EngineMessage> _report;
    private readonly Channel<int> _condemned = Channel.CreateUnbounded<int>();
    private readonly CancellationTokenSource _stop = new();
    private readonly RouteBatch _batch = new();
    private readonly Lock _gate = new();
    private readonly Task _loop;
    private long _lastActivity;
    private bool _isGroupLeft;

    public LinkReaper(HostNetlink host, Instance instance, DataplaneOptions options)
    {
        _host = host;
        _instance = instance;
        _time = options.Time;
        _report = options.Report;
        DeleteLeftOvers();
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Says that somebody waits for the kernel now.</summary>
    public void Busy() => Volatile.Write(ref _lastActivity, _time.GetTimestamp());

    /// <summary>Takes over links that are in the condemned group already.</summary>
    public void Take(IEnumerable<int> links)
    {
        foreach (int link in links)
            _condemned.Writer.TryWrite(link);
    }

    /// <summary>Deletes links as one group and waits for it; with them those of an earlier call that the kernel would not delete, which nobody sees as his any more.</summary>
    /// <exception cref="LinuxException">Some are still there.</exception>
    public void DeleteNow(IReadOnlyList<int> links)
    {
        lock (_gate)
        {
            if (links.Count == 0 && !_isGroupLeft)
                return;
            _batch.Clear();
            foreach (int link in links)
                _batch.SetLink(link, new LinkChange { Group = _instance.ReapingGroup });
            BatchFailure[] failures = [.. _host.Deletions.Send(_batch)];
            _isGroupLeft = true;
            _host.Deletions.DeleteLinkGroup(_instance.ReapingGroup);
            _isGroupLeft = false;
            // A link that is gone already (its namespace ended) is what was wanted.
            if (failures.FirstOrDefault(failure => failure.Error.Errno != Errno.ENODEV) is { Error: not null } failure)
                throw failure.Error;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    /// <summary>What an earlier daemon condemned or left unfinished goes at once: at the start nobody waits.</summary>
    private void DeleteLeftOvers()
    {
        int[] left = [.. _host.Queries.ListLinks().Where(_instance.IsLeftOver).Select(link => link.Index)];
        DeleteNow(left);
    }

    private async Task LoopAsync()
    {
        var group = new List<int>(GroupSize);
        TimeSpan pause = s_firstPause;
        try
        {
            while (await _condemned.Reader.WaitToReadAsync(_stop.Token))
            {
                await WaitForQuietAsync();
                while (group.Count < GroupSize && _condemned.Reader.TryRead(out int link))
                    group.Add(link);
                if (TryDelete(group))
                {
                    pause = s_firstPause;
                }
                else
                {
                    Take(group);
                    await Task.Delay(pause, _time, _stop.Token);
                    pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
                }
                group.Clear();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What is left stays in its group and goes at the next start.
        }
    }

    private bool TryDelete(List<int> group)
    {
        try
        {
            DeleteNow(group);
            return true;
        }
        catch (LinuxException e)
        {
            _report(new EngineMessage(Severity.Warning, $"delete {group.Count} links of endpoints that were detached: {e.Message}; tried again", e));
            return false;
        }
    }

    private async Task WaitForQuietAsync()
    {
        while (_condemned.Reader.Count < Backlog)
        {
            TimeSpan quiet = _time.GetElapsedTime(Volatile.Read(ref _lastActivity));
            if (quiet >= s_quiet)
                return;
            await Task.Delay(s_quiet - quiet, _time, _stop.Token);
        }
    }
}
