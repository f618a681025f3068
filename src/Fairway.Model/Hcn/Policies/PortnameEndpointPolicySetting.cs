using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Name of the switch port (HCN schema, PortnameEndpointPolicySetting).</summary>
public sealed record PortnameEndpointPolicySetting : HcnObject
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }
}
