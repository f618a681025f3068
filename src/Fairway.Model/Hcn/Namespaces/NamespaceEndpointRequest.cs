using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Namespaces;

/// <summary>Settings of a modify request about an endpoint (HCN schema, NamespaceEndpointRequest).</summary>
public sealed record NamespaceEndpointRequest : HcnObject
{
    /// <summary>The endpoint.</summary>
    public Guid? EndpointId { get; init; }
}
