using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>A switch extension (HCN schema, Extension).</summary>
public sealed record Extension : HcnObject
{
    /// <summary>The extension.</summary>
    public Guid? Id { get; init; }
    /// <summary>Whether it is on.</summary>
    public bool? IsEnabled { get; init; }
}
