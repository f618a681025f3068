using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;

namespace Fairway.Dataplane.Networks;

/// <summary>The switch's rows of networks. Two drivers write them: networks, and access rules, which set a flag.</summary>
internal sealed class NetworkTable(SwitchMaps maps)
{
    private readonly Lock _gate = new();
    private readonly HashSet<uint> _policed = [];

    public void Open(uint number, NetworkRow row)
    {
        lock (_gate)
        {
            if (_policed.Contains(number))
                row.Flags |= NetworkFlags.Policed;
            maps.Networks.Set(number, row);
        }
    }

    /// <summary>Says whether a network has access rules. It counts for one that is made later, too.</summary>
    public void SetPoliced(uint number, bool policed)
    {
        lock (_gate)
        {
            if (policed)
                _policed.Add(number);
            else
                _policed.Remove(number);
            if (!maps.Networks.TryGet(number, out NetworkRow row) || row.Flags == NetworkFlags.None)
                return;
            row.Flags = policed ? row.Flags | NetworkFlags.Policed : row.Flags & ~NetworkFlags.Policed;
            maps.Networks.Set(number, row);
        }
    }

    /// <summary>Networks that have access rules by their rows.</summary>
    public IReadOnlyList<uint> Policed() => [.. maps.Networks.Enumerate().Where(entry => entry.Value.Flags.HasFlag(NetworkFlags.Policed)).Select(entry => entry.Key)];
}
