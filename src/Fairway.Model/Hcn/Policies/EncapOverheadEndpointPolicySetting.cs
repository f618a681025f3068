using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Bytes to leave for encapsulation (HCN schema, EncapOverheadEndpointPolicySetting).</summary>
public sealed record EncapOverheadEndpointPolicySetting : HcnObject
{
    /// <summary>Bytes.</summary>
    public ushort? Overhead { get; init; }
}
