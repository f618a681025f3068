using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>A namespace of schema 1: by itself, and as an endpoint names it.</summary>
public sealed record HnsNamespace : HcnObject
{
    /// <summary>The namespace.</summary>
    [JsonPropertyName("ID")]
    public Guid? Id { get; init; }
    /// <summary>Whether it is the host's own.</summary>
    public bool? IsDefault { get; init; }
    /// <summary>What is in it; set by the service.</summary>
    public IReadOnlyList<NamespaceResource>? ResourceList { get; init; }
    /// <summary>Its number; set by the service.</summary>
    public uint? CompartmentId { get; init; }
}
