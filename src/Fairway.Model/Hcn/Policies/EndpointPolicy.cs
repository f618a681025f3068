using System.Text.Json;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A policy of an endpoint (HCN schema, EndpointPolicy).</summary>
public sealed record EndpointPolicy : HcnObject
{
    /// <summary>Which policy.</summary>
    public EndpointPolicyType? Type { get; init; }
    /// <summary>Its settings, by type.</summary>
    public JsonElement? Settings { get; init; }
}
