using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Planner;

/// <summary>Plans publications, one for each family; those of endpoints that are nowhere lead nowhere and are not planned.</summary>
internal static class PublicationPlanner
{
    /// <summary>
    /// Admits nobody but the host itself. A publication restricted to prefixes of one family must not be open to all in the other.
    /// </summary>
    private static readonly ImmutableArray<IPNetwork> s_nobody4 = [new IPNetwork(IPAddress.Any, 32)];
    private static readonly ImmutableArray<IPNetwork> s_nobody6 = [new IPNetwork(IPAddress.IPv6Any, 128)];

    /// <summary>The plan behind a number, or null when there is nothing to have in the kernel.</summary>
    public static PublicationPlan? Plan(HostState state, uint number)
    {
        if (!state.Publications.TryGetValue(number, out var numbered) || !state.Endpoints.TryGetValue(numbered.Endpoint, out var endpoint))
            return null;
        if (!EndpointPlanner.IsPlaced(state, endpoint))
            return null;
        var family = number == numbered.Number4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var publication = numbered.Publication;
        return new PublicationPlan
        {
            Number = number,
            Port = endpoint.Port,
            Generation = endpoint.Generation,
            Network = state.Network(endpoint.Spec.NetworkId).Number,
            Protocol = publication.Protocol,
            HostAddress = publication.HostAddress ?? HostAddresses.Any(family),
            HostPort = publication.HostPort,
            Count = publication.Count,
            Target = endpoint.Addresses.First(address => address.Address.AddressFamily == family).Address,
            TargetPort = publication.ContainerPort,
            From = From(publication.From, family),
        };
    }

    private static ImmutableArray<IPNetwork> From(ImmutableArray<IPNetwork> asked, AddressFamily family)
    {
        if (asked.IsEmpty)
            return [];
        ImmutableArray<IPNetwork> ours = [.. asked.Where(prefix => prefix.Family == family)];
        return !ours.IsEmpty ? ours : family == AddressFamily.InterNetwork ? s_nobody4 : s_nobody6;
    }
}
