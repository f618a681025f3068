using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.LoadBalancers;

/// <summary>Switches of a port of a load balancer (HCN schema, LoadBalancerPortMappingFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<LoadBalancerPortMappingFlags>))]
public enum LoadBalancerPortMappingFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>Internal load balancer (ILB).</summary>
    EnableInternalLoadBalancer = 1,
    /// <summary>The VIP is routed to this host.</summary>
    LocalRoutedVip = 2,
    /// <summary>Node port access of the VIP by direct server return; the schema calls it NotUsed.</summary>
    UseMux = 4,
    /// <summary>The same as UseMux.</summary>
    NotUsed = 4,
    /// <summary>The destination address stays.</summary>
    EnablePreserveDip = 8,
}
