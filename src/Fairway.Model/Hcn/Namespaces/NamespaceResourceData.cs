using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>The id of something in a namespace (HCN schema, NamespaceResourceContainer and NamespaceResourceEndpoint).</summary>
public sealed record NamespaceResourceData : HcnObject
{
    /// <summary>A GUID for endpoints, the engine's own id for containers.</summary>
    [JsonPropertyName("ID")]
    public string? Id { get; init; }
}
