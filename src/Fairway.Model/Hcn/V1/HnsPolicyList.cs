using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>Policies of several endpoints (schema 1, PolicyList): load balancers and routes were such lists.</summary>
public sealed record HnsPolicyList : HcnObject
{
    /// <summary>Identity; missing or zero on create lets the service pick.</summary>
    [JsonPropertyName("ID")]
    public Guid? Id { get; init; }
    /// <summary>Endpoints, as <c>/endpoints/ID</c>.</summary>
    public IReadOnlyList<string>? References { get; init; }
    /// <summary>Flat policies: <c>Type</c> and its settings side by side.</summary>
    public IReadOnlyList<JsonElement>? Policies { get; init; }
}
