using System.Net;

namespace Fairway.Dns.Forwarding;

/// <summary>One server of the outside and how it has been doing.</summary>
internal sealed class Upstream(IPEndPoint server, TimeProvider time, Action<string>? log)
{
    /// <summary>Questions it may have open; beyond that the next server is asked.</summary>
    public const int MostOpen = 4096;

    private const int MissesToDemote = 3;
    private static readonly TimeSpan s_demotion = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private int _open;
    private int _misses;
    private long _demotedAt;
    private bool _demoted;

    public IPEndPoint Server => server;

    public bool TryOpen()
    {
        if (Interlocked.Increment(ref _open) <= MostOpen)
            return true;
        Close();
        return false;
    }

    public void Close() => Interlocked.Decrement(ref _open);

    /// <summary>Whether to ask it in its turn; otherwise it is asked last.</summary>
    public bool IsPreferred => !Volatile.Read(ref _demoted);

    /// <summary>Whether the caller is to find out how a demoted server is; one caller every ten seconds.</summary>
    public bool TryClaimProbe()
    {
        lock (_gate)
        {
            if (!_demoted || time.GetElapsedTime(_demotedAt) < s_demotion)
                return false;
            _demotedAt = time.GetTimestamp();
            return true;
        }
    }

    public void Answered()
    {
        lock (_gate)
        {
            _misses = 0;
            if (!_demoted)
                return;
            _demoted = false;
        }
        log?.Invoke($"name server '{server}' answers again");
    }

    /// <summary>It failed, or another server that was asked later was faster.</summary>
    public void Missed(string cause)
    {
        lock (_gate)
        {
            if (++_misses < MissesToDemote || _demoted)
                return;
            _demoted = true;
            _demotedAt = time.GetTimestamp();
        }
        log?.Invoke($"name server '{server}' did not answer {MissesToDemote} times in a row ({cause}); it is asked last until it does");
    }
}
