using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;

namespace Fairway.Dataplane.Tunnels;

/// <summary>The switch's rows that say whose network a VXLAN packet is of.</summary>
internal sealed class VirtualSubnetTable(SwitchMaps maps)
{
    /// <summary>Opens those of a network, and closes those that were.</summary>
    public void Open(NetworkPlan network)
    {
        if (network.Tunnel is null)
            return;
        HashSet<VirtualSubnetKey> wanted = [.. KeysOf(network)];
        maps.VirtualSubnets.RemoveMany([.. maps.VirtualSubnets.Enumerate().Where(entry => entry.Value == network.Number && !wanted.Contains(entry.Key)).Select(entry => entry.Key)]);
        foreach (VirtualSubnetKey key in KeysOf(network))
            maps.VirtualSubnets.Set(key, network.Number);
    }

    public bool IsOpen(NetworkPlan network) => KeysOf(network).All(key => maps.VirtualSubnets.Find(key) == network.Number);

    /// <summary>Closes those of every other network.</summary>
    public void CloseExcept(IReadOnlyCollection<NetworkPlan> keep)
    {
        HashSet<(VirtualSubnetKey, uint)> wanted = [.. keep.SelectMany(network => KeysOf(network), (network, key) => (key, network.Number))];
        maps.VirtualSubnets.RemoveMany([.. maps.VirtualSubnets.Enumerate().Where(entry => !wanted.Contains((entry.Key, entry.Value))).Select(entry => entry.Key)]);
    }

    private static IEnumerable<VirtualSubnetKey> KeysOf(NetworkPlan network)
        => network.Tunnel is { } tunnel ? tunnel.VirtualSubnets.Select(id => new VirtualSubnetKey(id, tunnel.Port)) : [];
}
