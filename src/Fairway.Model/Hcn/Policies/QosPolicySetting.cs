using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Bandwidth cap (HCN schema, QosPolicySetting).</summary>
public sealed record QosPolicySetting : HcnObject
{
    /// <summary>Bytes per second, outgoing.</summary>
    public ulong? MaximumOutgoingBandwidthInBytes { get; init; }
}
