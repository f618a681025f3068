using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>Settings of a namespace outside of the schema, all Fairway's own.</summary>
public sealed record NamespaceAdditionalParams : HcnObject
{
    /// <summary>A path that opens the namespace; missing on create makes a new one.</summary>
    public string? NetnsPath { get; init; }
}
