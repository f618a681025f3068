using System.Collections.Immutable;
using Fairway.Model.Collections;

namespace Fairway.Model.Policies;

/// <summary>
/// An access rule of an endpoint or a network. What a list leaves empty matches everything. Rules are asked tier by tier: those of the
/// network, the endpoint's tiers by order, the endpoint's own; in a tier by priority, then by number.
/// </summary>
public sealed record AclRule
{
    /// <summary>Its number, from 1, unique per owner and never used again; 0 until the service gives it one.</summary>
    public uint Number { get; init; }
    /// <summary>Which policy it is part of.</summary>
    public required PolicyKind Kind { get; init; }
    /// <summary>What events and lists call it; null when nobody named it.</summary>
    public string? Id { get; init; }
    /// <summary>Name of its tier; null for rules outside of tiers.</summary>
    public string? Tier { get; init; }
    /// <summary>Place of its tier among the endpoint's, 0 to 65535, lower first; 0 for rules outside of tiers.</summary>
    public ushort Order { get; init; }
    /// <summary>Direction of the connections it is about.</summary>
    public required PolicyDirection Direction { get; init; }
    /// <summary>What it does.</summary>
    public required PolicyAction Action { get; init; }
    /// <summary>Place in its tier, 0 to 65535, lower first.</summary>
    public ushort Priority { get; init; }
    /// <summary>IP protocol numbers (IANA).</summary>
    public ImmutableArray<byte> Protocols { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Addresses on the endpoint's side.</summary>
    public AddressMatch Local { get; init => field = value ?? AddressMatch.Any; } = AddressMatch.Any;
    /// <summary>Addresses on the other side.</summary>
    public AddressMatch Remote { get; init => field = value ?? AddressMatch.Any; } = AddressMatch.Any;
    /// <summary>Ports on the endpoint's side; only with TCP and UDP.</summary>
    public ImmutableArray<PortInterval> LocalPorts { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Ports on the other side; only with TCP and UDP.</summary>
    public ImmutableArray<PortInterval> RemotePorts { get; init => field = value.OrEmpty(); } = [];
    /// <summary>ICMP messages; only with ICMP and ICMPv6.</summary>
    public ImmutableArray<IcmpMessage> IcmpMessages { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The HCN document as received (JSON object), so that unknown fields are returned; null when made otherwise.</summary>
    public string? Document { get; init; }

    /// <summary>True when both say the same, whatever their numbers and documents.</summary>
    public bool IsSame(AclRule other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind && Id == other.Id && Tier == other.Tier && Order == other.Order && Direction == other.Direction && Action == other.Action
            && Priority == other.Priority && Protocols.SequenceEqual(other.Protocols) && Local.Equals(other.Local) && Remote.Equals(other.Remote)
            && LocalPorts.SequenceEqual(other.LocalPorts) && RemotePorts.SequenceEqual(other.RemotePorts) && IcmpMessages.SequenceEqual(other.IcmpMessages);
    }
}
