using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.LoadBalancers;

/// <summary>A port of a load balancer (HCN schema, LoadBalancerPortMapping).</summary>
public sealed record LoadBalancerPortMapping : HcnObject
{
    /// <summary>TCP or UDP.</summary>
    public ProtocolType? Protocol { get; init; }
    /// <summary>Port of the backends.</summary>
    public ushort? InternalPort { get; init; }
    /// <summary>Port of the frontend.</summary>
    public ushort? ExternalPort { get; init; }
    /// <summary>How a backend is chosen (2.7).</summary>
    public LoadBalancerDistribution? DistributionType { get; init; }
    /// <summary>Switches.</summary>
    public LoadBalancerPortMappingFlags? Flags { get; init; }
}
