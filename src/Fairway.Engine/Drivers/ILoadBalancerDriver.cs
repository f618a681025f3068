using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns the switch's tables of load balancers.</summary>
/// <remarks>Its calls never overlap each other; they may overlap those of other drivers.</remarks>
public interface ILoadBalancerDriver
{
    /// <summary>Adds a load balancer, or brings one to a new plan at once for all its callers. Connections to a backend that is no longer among them go on.</summary>
    void Apply(LoadBalancerPlan balancer);

    /// <summary>Takes a load balancer away; existing connections over it end.</summary>
    void Remove(uint number);

    /// <summary>Brings the tables to exactly these; what is as planned is not touched.</summary>
    void Synchronize(IReadOnlyCollection<LoadBalancerPlan> balancers);
}
