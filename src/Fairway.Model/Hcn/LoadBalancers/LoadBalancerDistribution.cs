using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.LoadBalancers;

/// <summary>How a load balancer chooses (HCN schema, LoadBalancerDistribution, 2.7). Numbers on the wire.</summary>
[JsonConverter(typeof(NumberConverter<LoadBalancerDistribution>))]
public enum LoadBalancerDistribution : uint
{
    /// <summary>Per connection.</summary>
    None = 0,
    /// <summary>By source address and protocol.</summary>
    SourceIPProtocol = 1,
    /// <summary>By source address.</summary>
    SourceIP = 2,
}
