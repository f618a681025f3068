namespace Fairway.Model.LoadBalancers;

/// <summary>A stored load balancer.</summary>
/// <param name="Spec">The completed spec.</param>
/// <param name="Number4">Number the switch knows its IPv4 side by, from 1; 0 when it has none.</param>
/// <param name="Number6">The same for IPv6.</param>
/// <param name="Revision">Store revision of the last change.</param>
public sealed record LoadBalancer(LoadBalancerSpec Spec, uint Number4, uint Number6, long Revision);
