using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Plan;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Explain;

/// <summary>Something that answers in the host's name: a publication, or a service of a load balancer.</summary>
/// <param name="Balancer">Name of the load balancer; null for a publication.</param>
/// <param name="Internal">Not for callers from outside.</param>
/// <param name="From">Who may use it; empty means everyone.</param>
/// <param name="Targets">Where it leads: one of these.</param>
internal sealed record Frontend(string? Balancer, bool Internal, ImmutableArray<IPNetwork> From, ImmutableArray<Target> Targets)
{
    /// <summary>Whom callers come from who are not of the backends' overlay network; null when they do not come in.</summary>
    public IPAddress? Source { get; private init; }

    public static Frontend Of(HostView host, PublicationPlan publication, ushort port) => new(null, false, publication.From,
        [TargetOf(host.Port(publication.Port)!, publication.Target, (ushort)(publication.TargetPort + port - publication.HostPort))]);

    public static Frontend Of(HostView host, string balancer, LoadBalancerPlan half, ServicePlan service) => new(balancer, service.Internal, [],
        [.. half.Backends.Select(backend => new Target(host.Port(backend.Endpoint), backend.Network, backend.Address, service.BackendPort) { KeepsDestination = service.KeepsFrontend })])
    { Source = half.Source?.Address };

    private static Target TargetOf(EndpointPlan endpoint, IPAddress address, ushort port) => new(endpoint, endpoint.Network, address, port);

    public bool Admits(IPAddress caller) => From.IsEmpty || From.Any(prefix => prefix.Covers(caller));
}
