using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fairway.Model.Addressing;
using Fairway.Model.Collections;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Policies;

namespace Fairway.Model.Networks;

/// <summary>What was asked of a network. Immutable; the store keeps it, the planner reads it.</summary>
public sealed record NetworkSpec
{
    /// <summary>Identity; <see cref="Guid.Empty"/> on create lets the service pick.</summary>
    public Guid Id { get; init; }
    /// <summary>Unique per host, 1 to 63 characters of <c>A-Za-z0-9_.-</c>, first alphanumeric.</summary>
    public required string Name { get; init; }
    /// <summary>The kind of network.</summary>
    public NetworkType Type { get; init; } = NetworkType.Nat;
    /// <summary>What its kind means for it.</summary>
    [JsonIgnore]
    public NetworkTraits Traits => NetworkTraits.Of(Type);
    /// <summary>Whether the host takes part, by a vNIC of its own.</summary>
    [JsonIgnore]
    public bool HasHostPort => Traits.HasHostPort || Overlay is { HostRoute: true };
    /// <summary>What an overlay network has besides; null on others.</summary>
    public OverlaySpec? Overlay { get; init; }
    /// <summary>Bytes encapsulation adds to its packets on their way to other hosts.</summary>
    [JsonIgnore]
    public int Overhead => Traits.IsEncapsulated ? (Overlay ?? OverlaySpec.Default).Overhead : 0;
    /// <summary>Prefixes; empty on create takes one v4 and one v6 prefix from the host's pools.</summary>
    public ImmutableArray<SubnetSpec> Subnets { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Interface MTU in bytes, 1280 to 65535 (576 upwards when all subnets are IPv4); null follows the default-route uplink.</summary>
    public int? Mtu { get; init; }
    /// <summary>Where the MACs of endpoints come from; empty derives them from network and address.</summary>
    public ImmutableArray<MacRange> MacPool { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Name of the host's interface on it, 1 to 15 characters; null derives one from the network's name.</summary>
    public string? HostLink { get; init; }
    /// <summary>Name of the host's device behind which the endpoints are, for types that have one; null on create takes the one of the default route.</summary>
    public string? Uplink { get; init; }
    /// <summary>On create, that device's index, in place of its name or beside it.</summary>
    [JsonIgnore]
    public int? UplinkIndex { get; init; }
    /// <summary>The VLAN they are on there, 1 to 4094; null for none.</summary>
    public int? Vlan { get; init; }
    /// <summary>True when endpoints get their IPv4 address from a DHCP server of the LAN, by a client of their own; the network then has no subnets.</summary>
    public bool Dhcp { get; init; }
    /// <summary>Networks of engines that are this network.</summary>
    public ImmutableArray<EngineNetwork> EngineNetworks { get; init => field = value.OrEmpty(); } = [];
    /// <summary>How packets of endpoints are translated that have no translation of their own for the family, in place of what the kind of network does; at most once for each family.</summary>
    public ImmutableArray<OutboundNat> OutboundNat { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Name service settings pushed to endpoints.</summary>
    public DnsSettings Dns { get; init => field = value ?? DnsSettings.Empty; } = DnsSettings.Empty;
    /// <summary>Access rules to begin with. The store keeps them apart: a stored spec has none here.</summary>
    [JsonIgnore]
    public ImmutableArray<AclRule> Rules { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Address sets to begin with; kept apart likewise.</summary>
    [JsonIgnore]
    public ImmutableArray<AddressSet> Sets { get; init => field = value.OrEmpty(); } = [];
    /// <summary>True for a network an engine had made for its workloads and will not ask to delete: it goes with its last endpoint.</summary>
    public bool Transient { get; init; }
    /// <summary>The HCN document as received (JSON object), so that unknown fields are returned; null when made otherwise.</summary>
    public string? Document { get; init; }
}
