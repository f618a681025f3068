using Fairway.Bench.Peers;
using Fairway.Bench.Running;

namespace Fairway.Bench.Groups;

/// <summary>Containers of a peer that are made once and attached as a group needs them.</summary>
internal sealed class Crowd(Peer peer, PeerHost host, Stage stage)
{
    private readonly List<Container> _made = [];
    private double _each;
    private int _names;

    /// <summary>How many are attached, from the first one on.</summary>
    public int Present { get; private set; }

    /// <summary>How much memory (KiB) the last filling took for each endpoint, or null.</summary>
    public double? MemoryOfEach { get; private set; }

    /// <summary>Containers that are made and not attached.</summary>
    /// <returns>Null when the peer cannot have so many, or not within the patience of the scale; the reason is noted.</returns>
    public IReadOnlyList<Container>? Spare(string group, int count)
        => Reach(group, Present + count, count, () => Make(Present + count)) ? _made[Present..(Present + count)] : null;

    /// <summary>Forgets containers that a failed call may have left with half a network: who follows would find the interface name in use.</summary>
    public void Discard(IReadOnlyList<Container> containers)
    {
        foreach (Container container in containers)
        {
            try
            {
                host.Detach(container);
            }
            catch (Exception) when (!stage.Stop.IsCancellationRequested)
            {
                // Half a network cannot be taken away by everybody; the namespace goes with it at the end.
            }
        }
        _made.RemoveAll(containers.Contains);
    }

    /// <summary>Sees to it that so many are attached.</summary>
    /// <returns>Whether they are; if not, the reason is noted.</returns>
    public bool Fill(string group, int count) => count <= Present || Reach(group, count, count + 1, () =>
    {
        Make(count);
        (int before, double free) = (Present, Available());
        for (; Present < count; Present++)
        {
            stage.Stop.ThrowIfCancellationRequested();
            host.Attach(_made[Present]);
        }
        MemoryOfEach = (free - Available()) / (count - before);
    });

    private bool Reach(string group, int count, int named, Action action)
    {
        string? reason = null;
        bool done = stage.Try(group, peer, $"{named:#,0}", () =>
        {
            reason = Refusal(count);
            if (reason is null)
                action();
        });
        if (reason is not null)
            stage.Miss(group, peer, $"{named:#,0}", reason);
        return done && reason is null;
    }

    private string? Refusal(int count)
    {
        if (count > peer.Most.Count)
            return peer.Most.Reason;
        if (_made.Count == 0)
            Time();
        double all = _each * (count - _made.Count);
        return all > stage.Scale.Patience.TotalMilliseconds ? $"making one takes {_each:0} ms, and all {all / 1000:0} s, which is more than the {stage.Scale.Patience.TotalSeconds:0} s given for that" : null;
    }

    // The first one is what the estimate for all is made from; the second has warm caches.
    private void Time()
    {
        for (int i = 0; i < 2; i++)
        {
            _each = Clock.Time(() =>
            {
                Make(i + 1);
                host.Attach(_made[i]);
            });
            host.Detach(_made[i]);
        }
    }

    private void Make(int count)
    {
        while (_made.Count < count)
        {
            stage.Stop.ThrowIfCancellationRequested();
            _made.Add(host.Prepare($"c{_names++}"));
        }
    }

    private static double Available() => double.Parse(File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemAvailable", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
