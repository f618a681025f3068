using System.Net;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;

namespace Fairway.Engine.Plan;

/// <summary>An address and port that lead to the backends of a load balancer.</summary>
/// <param name="Frontend">The address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all of the host's.</param>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Port">The port.</param>
/// <param name="BackendPort">The backends' port.</param>
/// <param name="Affinity">Which connections get the same backend.</param>
/// <param name="Internal">Not for callers from outside.</param>
public sealed record ServicePlan(IPAddress Frontend, TransportProtocol Protocol, ushort Port, ushort BackendPort, SessionAffinity Affinity, bool Internal)
{
    /// <summary>Whether backends get the address that was called as destination, in place of their own.</summary>
    public bool KeepsFrontend { get; init; }
}
