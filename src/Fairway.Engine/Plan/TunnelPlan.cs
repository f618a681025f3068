using System.Collections.Immutable;

namespace Fairway.Engine.Plan;

/// <summary>How packets of an overlay network come in.</summary>
/// <param name="Port">UDP port of VXLAN.</param>
/// <param name="VirtualSubnets">Ids of the network's virtual subnets.</param>
public sealed record TunnelPlan(ushort Port, ImmutableArray<uint> VirtualSubnets)
{
    /// <inheritdoc/>
    public bool Equals(TunnelPlan? other) => other is not null && Port == other.Port && VirtualSubnets.SequenceEqual(other.VirtualSubnets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Port, VirtualSubnets.Length);
}
