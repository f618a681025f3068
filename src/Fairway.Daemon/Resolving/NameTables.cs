using System.Net;
using Fairway.Dns;
using Fairway.Engine.Operations;
using Fairway.Model.Networks;

namespace Fairway.Daemon.Resolving;

/// <summary>What the store says, in the resolver's words.</summary>
internal static class NameTables
{
    /// <summary>Where a network's resolver answers. A network without gateways has no address to ask at.</summary>
    public static IReadOnlyList<IPAddress> ResolverAddresses(Network network) => network.Spec.Traits.HasGateway
        ? [.. network.Spec.Subnets.Select(subnet => subnet.Gateway).OfType<IPAddress>()]
        : [];

    public static ResolverNetwork Of(IHostNetworking host, Network network) => host.Endpoints
        .Where(endpoint => endpoint.Spec.NetworkId == network.Spec.Id)
        .Select(ResolverEndpoint.Of)
        .OfType<ResolverEndpoint>()
        .Aggregate(ResolverNetwork.Of(network), (table, endpoint) => table.With(endpoint));
}
