using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.LoadBalancers;

/// <summary>Switches of a load balancer (HCN schema, LoadBalancerFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<LoadBalancerFlags>))]
public enum LoadBalancerFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>Answers go to the client directly.</summary>
    EnableDirectServerReturn = 1,
    /// <summary>The load balancer is for IPv6 (2.8).</summary>
    IPv6 = 2,
}
