using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>Settings of a modify request about a container (HCN schema, NamespaceContainerRequest).</summary>
public sealed record NamespaceContainerRequest : HcnObject
{
    /// <summary>The engine's id.</summary>
    public string? ContainerId { get; init; }
}
