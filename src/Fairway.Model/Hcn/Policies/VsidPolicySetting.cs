using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Virtual subnet id (HCN schema, VsidPolicySetting).</summary>
public sealed record VsidPolicySetting : HcnObject
{
    /// <summary>4096 to 16777214.</summary>
    public uint? IsolationId { get; init; }
}
