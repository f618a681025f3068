using System.Text.Json;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A policy of a subnet (HCN schema, SubnetPolicy).</summary>
public sealed record SubnetPolicy : HcnObject
{
    /// <summary>Which policy.</summary>
    public SubnetPolicyType? Type { get; init; }
    /// <summary>Its settings, by type.</summary>
    public JsonElement? Settings { get; init; }
}
