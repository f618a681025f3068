using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A set of addresses for access rules (HCN schema, SetPolicySetting).</summary>
public sealed record SetPolicySetting : HcnObject
{
    /// <summary>What rules call it.</summary>
    public string? Id { get; init; }
    /// <summary>Its name.</summary>
    public string? Name { get; init; }
    /// <summary>What it holds.</summary>
    public SetPolicyTypes? PolicyType { get; init; }
    /// <summary>Addresses, prefixes or set ids, comma separated.</summary>
    public string? Values { get; init; }
}
