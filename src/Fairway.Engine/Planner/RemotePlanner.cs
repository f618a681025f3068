using System.Net;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;

namespace Fairway.Engine.Planner;

/// <summary>Plans what other hosts have: the remote subnets of networks, and endpoints that are elsewhere.</summary>
internal static class RemotePlanner
{
    /// <summary>The plan of a network's remote subnets, or of a remote endpoint; null for anything else.</summary>
    public static RemotePlan? Plan(HostState state, Guid owner)
    {
        if (state.Networks.TryGetValue(owner, out var scope))
            return scope.Network.Spec.Overlay is { RemoteSubnets: not [] and var remotes } overlay
                ? new RemotePlan(owner, scope.Network.Spec.Name, scope.Network.Number, overlay.ProviderAddress,
                    [.. remotes.Select(remote => new RemotePrefix(remote.Prefix, remote.VirtualSubnet, remote.ProviderAddress, remote.RouterMac, IsRouted: true))])
                : null;
        if (!state.Endpoints.TryGetValue(owner, out var endpoint) || endpoint.Spec.ProviderAddress is not { } provider)
            return null;
        var network = state.Network(endpoint.Spec.NetworkId);
        return new RemotePlan(owner, endpoint.Spec.Name!, network.Number, network.Spec.Overlay?.ProviderAddress,
        [
            .. from address in endpoint.Addresses
               select new RemotePrefix(new IPNetwork(address.Address, address.Address.Bits), VirtualSubnet(network, address.Address), provider, endpoint.MacAddress, IsRouted: false),
        ]);
    }

    private static uint VirtualSubnet(Network network, IPAddress address) => network.Spec.Subnets.First(subnet => subnet.Prefix.Covers(address)).VirtualSubnet!.Value;
}
