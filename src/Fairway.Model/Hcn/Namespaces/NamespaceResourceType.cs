using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>What is in a namespace (HCN schema, NamespaceResourceType).</summary>
[JsonConverter(typeof(NameConverter<NamespaceResourceType>))]
public enum NamespaceResourceType
{
    /// <summary>A container.</summary>
    Container,
    /// <summary>An endpoint.</summary>
    Endpoint,
}
