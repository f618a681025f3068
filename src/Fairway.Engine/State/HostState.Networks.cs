using Fairway.Engine.Ipam;
using Fairway.Model.Networks;

namespace Fairway.Engine.State;

internal sealed partial record HostState
{
    /// <summary>Enters a network, or replaces one; leases in subnets it has no more must have gone before.</summary>
    public HostState With(Network network)
    {
        var known = Networks.TryGetValue(network.Spec.Id, out var scope);
        return this with
        {
            Networks = Networks.SetItem(network.Spec.Id, known ? scope!.With(network) : NetworkScope.Of(network)),
            NetworkNames = (known ? NetworkNames.Remove(scope!.Network.Spec.Name) : NetworkNames).SetItem(network.Spec.Name, network.Spec.Id),
            NetworkNumbers = NetworkNumbers.Restore(network.Number),
        };
    }

    public HostState WithoutNetwork(Guid id)
    {
        var network = Network(id);
        return this with
        {
            Networks = Networks.Remove(id),
            NetworkNames = NetworkNames.Remove(network.Spec.Name),
            NetworkNumbers = NetworkNumbers.Free(network.Number),
        };
    }

    public HostState With(Lease lease) => this with
    {
        Networks = Networks.SetItem(lease.Network, Networks[lease.Network].With(lease)),
    };

    /// <summary>Forgets addresses that rested long enough.</summary>
    public HostState With(Guid network, int subnet, SubnetPool pool) => With(network, scope => scope with { Subnets = scope.Subnets.SetItem(subnet, pool) });

    public HostState WithoutLeases(Guid network, IEnumerable<System.Net.IPAddress> addresses) =>
        With(network, scope => scope with { Leases = scope.Leases.RemoveRange(addresses) });

    private HostState With(Guid network, Func<NetworkScope, NetworkScope> change) => this with
    {
        Networks = Networks.SetItem(network, change(Networks[network])),
    };
}
