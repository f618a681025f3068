using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;

namespace Fairway.Bench.Groups;

/// <summary>The containers of one peer that have published ports.</summary>
internal sealed class PublishedPorts(Peer peer, PeerHost host, Stage stage, string group)
{
    private Container? _one;
    private readonly List<Container> _others = [];
    private int _filled;
    private double _each;

    public Peer Peer => peer;

    public PeerHost Host => host;

    /// <summary>The limit has no ports: it is attached as ever, and called directly.</summary>
    public bool IsLimit => peer.Name == DisturbanceRule.Limit;

    /// <summary>The one that comes and goes.</summary>
    public Container One => _one!;

    public CallPath Path => IsLimit ? host.PathOf(PathKind.In) : new CallPath(host.Space.LanPath, One.NetnsPath, HostSpace.Address);

    public void Start(Forward forward) => _one = host.Run("one", forward);

    /// <summary>Sees to it that so many other ports are published.</summary>
    /// <returns>Whether they are; if not, the reason is noted.</returns>
    public bool Fill(int first, int count)
    {
        double all = _each * (count - _filled) / 1000;
        if (all > stage.Scale.Patience.TotalSeconds)
        {
            stage.Miss(group, peer, $"{count + 1:#,0}", $"a port takes {_each:0} ms, and all {all:0} s, which is more than the {stage.Scale.Patience.TotalSeconds:0} s given for that");
            return false;
        }
        return IsLimit || count <= _filled || stage.Try(group, peer, $"{count + 1:#,0}", () =>
        {
            IReadOnlyList<Forward> forwards = [.. Enumerable.Range(_filled, count - _filled).Select(i => new Forward(first + i, 1000 + (i * 7919 % 50_000)))];
            _each = Clock.Time(() => _others.Add(host.Run($"ports{count}", forwards))) / forwards.Count;
            _filled = count;
        });
    }

    /// <summary>Lets all of them go.</summary>
    public void Empty()
    {
        foreach (Container container in _others.Append(One))
            host.Detach(container);
    }
}
