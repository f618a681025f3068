using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Settings of a modify request about policies of an endpoint (HCN schema, PolicyEndpointRequest).</summary>
public sealed record PolicyEndpointRequest : HcnObject
{
    /// <summary>The policies.</summary>
    public IReadOnlyList<EndpointPolicy>? Policies { get; init; }
}
