using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Fairway.Model.Endpoints;

namespace Fairway.Dns;

/// <summary>What an endpoint means to names.</summary>
/// <param name="Id">Identity; adding one with a known id replaces it.</param>
/// <param name="Name">Its own name: the one its addresses resolve to.</param>
/// <param name="Aliases">Further names; several endpoints may share one.</param>
/// <param name="Addresses">v4 and v6 addresses.</param>
/// <param name="Namespace">
/// The namespace it is in. What is in one namespace sees the names of all networks it is on, whichever resolver it asks. Null for none.
/// </param>
public sealed record ResolverEndpoint(Guid Id, string Name, ImmutableArray<string> Aliases, ImmutableArray<IPAddress> Addresses, Guid? Namespace = null)
{
    /// <summary>Servers to ask about the outside in place of the network's and the host's.</summary>
    public ImmutableArray<IPAddress> Servers { get; init; } = [];

    /// <summary>The names of an endpoint, or null when it is in no namespace, here or on another host: an address nobody answers at would only cost its askers time.</summary>
    /// <param name="endpoint">As stored.</param>
    public static ResolverEndpoint? Of(Endpoint endpoint)
        => endpoint.State is EndpointState.Attached or EndpointState.Degraded || endpoint.Spec.ProviderAddress is not null
            ? new ResolverEndpoint(endpoint.Spec.Id, endpoint.Spec.Name ?? endpoint.Spec.Id.ToString("N"), endpoint.Spec.Aliases,
                [.. endpoint.Addresses.Select(address => address.Address)], endpoint.Spec.NamespaceId ?? Workload(endpoint.Spec.Owner))
            {
                Servers = ResolverNetwork.ServersOf(endpoint.Spec.Dns),
            }
            : null;

    /// <summary>Where an engine placed its workload itself, the workload stands for the namespace: it has one.</summary>
    private static Guid? Workload(Owner? owner)
        => owner is null ? null : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Engine}/{owner.Id}")).AsSpan(0, 16));
}
