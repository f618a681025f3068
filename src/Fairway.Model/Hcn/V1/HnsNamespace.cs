using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>A namespace as schema 1 names it in an endpoint.</summary>
public sealed record HnsNamespace : HcnObject
{
    /// <summary>The namespace.</summary>
    [JsonPropertyName("ID")]
    public Guid? Id { get; init; }
}
