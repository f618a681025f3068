using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Share the layer of a switch (HCN schema, LayerConstraintNetworkPolicySetting).</summary>
public sealed record LayerConstraintNetworkPolicySetting : HcnObject
{
    /// <summary>The layer.</summary>
    public Guid? LayerId { get; init; }
}
