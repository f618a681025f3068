using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.LoadBalancers;

/// <summary>A load balancer (HCN schema, HostComputeLoadBalancer).</summary>
public sealed record HostComputeLoadBalancer : HcnResource
{
    /// <summary>Its network (2.5).</summary>
    public string? HostComputeNetwork { get; init; }
    /// <summary>Backends, by id.</summary>
    public IReadOnlyList<string>? HostComputeEndpoints { get; init; }
    /// <summary>Source address towards backends.</summary>
    public string? SourceVIP { get; init; }
    /// <summary>Addresses it answers on.</summary>
    public IReadOnlyList<string>? FrontendVIPs { get; init; }
    /// <summary>Ports.</summary>
    public IReadOnlyList<LoadBalancerPortMapping>? PortMappings { get; init; }
    /// <summary>Switches.</summary>
    public LoadBalancerFlags? Flags { get; init; }
}
