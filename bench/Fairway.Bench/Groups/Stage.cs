using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;

namespace Fairway.Bench.Groups;

/// <summary>What groups measure with: the peers that are here, their hosts, the rounds.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Dictionary<string, PeerHost?> _hosts = [];
    private readonly Dictionary<string, Crowd> _crowds = [];

    public Stage(Scale scale, CancellationToken stop)
    {
        Scale = scale;
        Stop = stop;
        Rounds = new Rounds(Results, new Kinship(), scale.Again, stop);
        foreach (Peer peer in PeerCatalog.All)
        {
            if (peer.Absence() is { } reason)
                Results.Miss(new NotRun(null, peer.Name, "", reason));
        }
    }

    public Scale Scale { get; }

    public CancellationToken Stop { get; }

    public Results Results { get; } = new();

    public Rounds Rounds { get; }

    /// <summary>Peers that can take part in a group, their hosts up. What cannot is noted.</summary>
    public IReadOnlyList<(Peer Peer, PeerHost Host)> HostsFor(string group)
    {
        List<(Peer, PeerHost)> able = [];
        foreach (Peer peer in PeerCatalog.All.Where(peer => peer.Absence() is null && (peer.Only.IsEmpty || peer.Only.Contains(group))))
        {
            Stop.ThrowIfCancellationRequested();
            if (peer.Abstains.TryGetValue(group, out string? reason))
            {
                Results.Miss(new NotRun(group, peer.Name, "", reason));
            }
            else if (Open(peer) is { } host)
            {
                able.Add((peer, host));
            }
        }
        return able;
    }

    /// <summary>The containers of a peer that come and go by the hundred.</summary>
    public Crowd CrowdOf(Peer peer, PeerHost host)
    {
        if (!_crowds.TryGetValue(peer.Name, out Crowd? crowd))
            _crowds.Add(peer.Name, crowd = new Crowd(peer, host, this));
        return crowd;
    }

    /// <summary>Does something that a group needs of a peer; a failure is noted.</summary>
    public bool Try(string group, Peer peer, string what, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (!Stop.IsCancellationRequested)
        {
            Miss(group, peer, what, e.Message.ReplaceLineEndings(" ").Trim());
            return false;
        }
    }

    /// <summary>Notes what a peer does not do.</summary>
    public void Miss(string group, Peer peer, string what, string reason) => Results.Miss(new NotRun(group, peer.Name, what, reason));

    public void Dispose()
    {
        foreach (PeerHost? host in _hosts.Values)
            host?.Dispose();
    }

    private PeerHost? Open(Peer peer)
    {
        if (_hosts.TryGetValue(peer.Name, out PeerHost? host))
            return host;
        host = peer.Make();
        _hosts.Add(peer.Name, host);
        try
        {
            host.Start();
            return host;
        }
        catch (Exception e) when (!Stop.IsCancellationRequested)
        {
            Results.Miss(new NotRun(null, peer.Name, "", $"it did not start: {e.Message.ReplaceLineEndings(" ")}"));
            host.Dispose();
            return _hosts[peer.Name] = null;
        }
    }
}
