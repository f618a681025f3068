using System.Text.Json;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A policy of a network (HCN schema, NetworkPolicy).</summary>
public sealed record NetworkPolicy : HcnObject
{
    /// <summary>Which policy.</summary>
    public NetworkPolicyType? Type { get; init; }
    /// <summary>Its settings, by type.</summary>
    public JsonElement? Settings { get; init; }
}
