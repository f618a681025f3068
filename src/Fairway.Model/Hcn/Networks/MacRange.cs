using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>A range of MACs, both ends included (HCN schema, MacRange).</summary>
public sealed record MacRange : HcnObject
{
    /// <summary>First, <c>00-15-5D-52-C0-00</c>.</summary>
    public string? StartMacAddress { get; init; }
    /// <summary>Last.</summary>
    public string? EndMacAddress { get; init; }
}
