using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Dataplane.Tunnels;

/// <inheritdoc/>
internal sealed class RemoteDriver(SwitchMaps maps) : IRemoteDriver
{
    private readonly Dictionary<Guid, RemoteKey[]> _held = [];

    /// <inheritdoc/>
    public void Apply(RemotePlan remote)
    {
        RemoteKey[] keys = Keys(remote);
        maps.Remotes.SetMany(keys, Rows(remote));
        if (_held.TryGetValue(remote.Owner, out RemoteKey[]? before))
            maps.Remotes.RemoveMany([.. before.Except(keys)]);
        _held[remote.Owner] = keys;
    }

    /// <inheritdoc/>
    public void Remove(RemotePlan remote)
    {
        maps.Remotes.RemoveMany(_held.Remove(remote.Owner, out RemoteKey[]? keys) ? keys : Keys(remote));
    }

    /// <inheritdoc/>
    public void Synchronize(IReadOnlyCollection<RemotePlan> remotes)
    {
        _held.Clear();
        foreach (RemotePlan remote in remotes)
            Apply(remote);
        HashSet<RemoteKey> wanted = [.. _held.Values.SelectMany(keys => keys)];
        maps.Remotes.RemoveMany([.. maps.Remotes.Enumerate().Select(entry => entry.Key).Where(key => !wanted.Contains(key))]);
    }

    private static RemoteKey[] Keys(RemotePlan remote) => [.. remote.Prefixes.Select(prefix => new RemoteKey(remote.Network, prefix.Prefix))];

    private static RemoteRow[] Rows(RemotePlan remote) =>
    [
        .. remote.Prefixes.Select(prefix => new RemoteRow
        {
            Flags = prefix.IsRouted ? RemoteRow.Routed : 0,
            VirtualSubnet = prefix.VirtualSubnet,
            Provider = new MappedAddress(prefix.ProviderAddress),
            Local = remote.Local is null ? MappedAddress.None : new MappedAddress(remote.Local),
            Mac = new MacBytes(prefix.MacAddress),
        }),
    ];
}
