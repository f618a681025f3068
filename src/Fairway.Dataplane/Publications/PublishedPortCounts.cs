using Fairway.Dataplane.Endpoints;
using Fairway.Dataplane.Switch.Layout;

namespace Fairway.Dataplane.Publications;

/// <summary>How many publications and load balancers lead to each port. A port without any is spared the look at its flows.</summary>
internal sealed class PublishedPortCounts(PortTable ports)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(uint Port, uint Generation), int> _counts = [];
    private readonly HashSet<(uint Port, uint Generation)> _retired = [];
    private int _mostRetired = 1024;

    /// <summary>Counts one more. The port knows before it answers the first caller.</summary>
    /// <returns>Whether the port did not know.</returns>
    public bool Hold(uint port, uint generation)
    {
        lock (_gate)
        {
            _counts[(port, generation)] = _counts.GetValueOrDefault((port, generation)) + 1;
            return ports.SetPublished(port, generation, true);
        }
    }

    /// <summary>Counts one less, whose connections have ended with it.</summary>
    public void Release(uint port, uint generation)
    {
        lock (_gate)
        {
            if (CountDown(port, generation))
                ports.SetPublished(port, generation, false);
        }
    }

    /// <summary>Counts one less, whose connections go on: the port looks at its flows until it closes.</summary>
    public void Retire(uint port, uint generation)
    {
        lock (_gate)
        {
            if (CountDown(port, generation) && _retired.Add((port, generation)) && _retired.Count > _mostRetired)
                ForgetRetired();
        }
    }

    /// <summary>Tells ports that think of themselves as published, and are not. Those with connections may have been retired by an earlier daemon: they stay as they are.</summary>
    /// <returns>How many were told.</returns>
    public int ReleaseOthers()
    {
        lock (_gate)
        {
            (uint Port, uint Generation)[] others = [.. ports.Endpoints().Where(entry => entry.Value.Flags.HasFlag(PortFlags.Published)).Select(entry => (entry.Key, entry.Value.Generation)).Where(port => !_counts.ContainsKey(port))];
            ILookup<bool, (uint Port, uint Generation)> busy = others.ToLookup(port => ports.HasConnections(port.Port));
            _retired.Clear();
            _retired.UnionWith(busy[true]);
            return busy[false].Count(port => ports.SetPublished(port.Port, port.Generation, false));
        }
    }

    /// <returns>Whether that was the last.</returns>
    private bool CountDown(uint port, uint generation)
    {
        if (!_counts.TryGetValue((port, generation), out int count))
            return false;
        if (count > 1)
        {
            _counts[(port, generation)] = count - 1;
            return false;
        }
        return _counts.Remove((port, generation));
    }

    private void ForgetRetired()
    {
        HashSet<(uint, uint)> open = [.. ports.Endpoints().Select(entry => (entry.Key, entry.Value.Generation))];
        foreach ((uint port, uint generation) in _retired.Where(port => !open.Contains(port) && !_counts.ContainsKey(port)))
            ports.SetPublished(port, generation, false);
        _retired.RemoveWhere(port => !open.Contains(port) || _counts.ContainsKey(port));
        _mostRetired = Math.Max(1024, 2 * _retired.Count);
    }
}
