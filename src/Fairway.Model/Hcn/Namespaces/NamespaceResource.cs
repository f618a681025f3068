using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>Something in a namespace (HCN schema, NamespaceResource).</summary>
public sealed record NamespaceResource : HcnObject
{
    /// <summary>What it is.</summary>
    public NamespaceResourceType? Type { get; init; }
    /// <summary>Its id.</summary>
    public NamespaceResourceData? Data { get; init; }
}
