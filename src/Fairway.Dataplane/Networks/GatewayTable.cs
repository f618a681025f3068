using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;

namespace Fairway.Dataplane.Networks;

/// <summary>
/// The switch's rows of gateways beside the first of each family, which stand in the network's own row: they are addresses of the resolver's port,
/// which tells them from endpoints where the switch looks for a neighbour anyway.
/// </summary>
internal sealed class GatewayTable(SwitchMaps maps)
{
    /// <summary>By network number. Filled when it is needed first; whoever closes a resolver's port takes its rows away.</summary>
    private Dictionary<uint, HashSet<AddressKey>>? _known;

    private Dictionary<uint, HashSet<AddressKey>> Known => _known ??= maps.Addresses.Enumerate().Where(entry => entry.Value.Port > SwitchLimits.ResolverPort)
        .GroupBy(entry => entry.Value.Port - SwitchLimits.ResolverPort, entry => entry.Key).ToDictionary(group => group.Key, group => group.ToHashSet());

    /// <summary>Brings the rows of a network to the plan.</summary>
    public void Set(NetworkPlan network)
    {
        HashSet<AddressKey> wanted = Wanted(network);
        HashSet<AddressKey> known = Known.GetValueOrDefault(network.Number) ?? [];
        if (known.SetEquals(wanted))
            return;
        foreach (AddressKey gateway in wanted.Except(known))
            maps.Addresses.Set(gateway, new AddressRow(SwitchLimits.ResolverOf(network.Number)));
        maps.Addresses.RemoveMany([.. known.Except(wanted)]);
        Known[network.Number] = wanted;
    }

    /// <summary>Whether the rows are what <see cref="Set"/> would leave.</summary>
    public bool IsSet(NetworkPlan network) => Wanted(network) is var wanted && (Known.GetValueOrDefault(network.Number) ?? []).SetEquals(wanted)
        && wanted.All(gateway => maps.Addresses.Find(gateway)?.Port == SwitchLimits.ResolverOf(network.Number));

    /// <summary>Notes that the rows of a network went with its resolver's port.</summary>
    public void Forget(uint network) => _known?.Remove(network);

    private static HashSet<AddressKey> Wanted(NetworkPlan network) =>
        [.. network.Gateways.GroupBy(gateway => gateway.Address.AddressFamily).SelectMany(family => family.Skip(1)).Select(gateway => new AddressKey(network.Number, new MappedAddress(gateway.Address)))];
}
