using System.Net;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Why nobody answers at an address of a network.</summary>
internal static class Absence
{
    public static string Text(HostView host, NetworkPlan network, IPAddress address) => host.IsSource(network, address)
        ? $"{address} is whom load balancers call as in network '{network.Name}': nobody is there to be called"
        : host.EndpointAt(network, address) is { } endpoint
        ? $"{address} is endpoint '{endpoint.Spec.Name}' of network '{network.Name}', which is attached to nothing"
        : $"no endpoint of network '{network.Name}' has {address}";

    public static string? Remedy(Walk walk, NetworkPlan network, IPAddress address) =>
        walk.Host.IsSource(network, address) ? null : walk.Host.EndpointAt(network, address) is { } endpoint ? Remedies.Attach(walk, endpoint) : "fairway endpoint list";
}
