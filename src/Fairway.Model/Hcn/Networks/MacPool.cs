using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Where MACs come from (HCN schema, MacPool).</summary>
public sealed record MacPool : HcnObject
{
    /// <summary>Ranges.</summary>
    public IReadOnlyList<MacRange>? Ranges { get; init; }
}
