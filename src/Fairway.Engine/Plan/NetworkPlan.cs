using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Engine.Plan;

/// <summary>The kernel objects of one network: a host vNIC (if its type has one) and a row of the switch.</summary>
public sealed record NetworkPlan
{
    /// <summary>The network's id.</summary>
    public required Guid Id { get; init; }
    /// <summary>Number in the switch, from 1.</summary>
    public required uint Number { get; init; }
    /// <summary>Display name.</summary>
    public required string Name { get; init; }
    /// <summary>Its kind; the driver turns it into switch flags.</summary>
    public required NetworkType Type { get; init; }
    /// <summary>Host vNIC name (at most 15 bytes), or null when the host takes no part.</summary>
    public required string? HostLink { get; init; }
    /// <summary>MAC of the host vNIC, also the gateway's MAC on the wire.</summary>
    public required MacAddress GatewayMac { get; init; }
    /// <summary>MTU in bytes.</summary>
    public required int Mtu { get; init; }
    /// <summary>Gateway addresses with prefix length, carried by the host vNIC and the resolver.</summary>
    public required ImmutableArray<EndpointAddress> Gateways { get; init; }
    /// <summary>The network's prefixes.</summary>
    public required ImmutableArray<IPNetwork> Subnets { get; init; }
    /// <summary>Name of the host's device behind which its endpoints are, or null.</summary>
    public string? Uplink { get; init; }
    /// <summary>The VLAN they are on there, 0 for none.</summary>
    public ushort Vlan { get; init; }
    /// <summary>Where everything goes that endpoints send, at most one of each family, with the prefix length of its subnet; none where it goes its own way.</summary>
    public ImmutableArray<EndpointAddress> NextHops { get; init; } = [];
    /// <summary>How packets come in from other hosts; null when the network ends at this one.</summary>
    public TunnelPlan? Tunnel { get; init; }
    /// <summary>Whether endpoints reach every address of the host, though there is no translation.</summary>
    public bool HasHostRoute { get; init; }

    /// <inheritdoc/>
    public bool Equals(NetworkPlan? other) => other is not null && Id == other.Id && Number == other.Number && Name == other.Name
        && Type == other.Type && HostLink == other.HostLink && GatewayMac == other.GatewayMac && Mtu == other.Mtu
        && Uplink == other.Uplink && Vlan == other.Vlan && NextHops.SequenceEqual(other.NextHops)
        && Tunnel == other.Tunnel && HasHostRoute == other.HasHostRoute
        && Gateways.SequenceEqual(other.Gateways) && Subnets.SequenceEqual(other.Subnets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Number, Mtu, Gateways.Length);
}
