using System.Net;
using Fairway.Engine.Explain.Layers;
using Fairway.Engine.Plan;
using Fairway.Model.Explain;

namespace Fairway.Engine.Explain;

/// <summary>An endpoint behind an address of the host.</summary>
/// <param name="Endpoint">The endpoint; null when it is on another host.</param>
/// <param name="Network">Number of its network.</param>
/// <param name="Address">Its address of the family.</param>
/// <param name="Port">Its port.</param>
internal sealed record Target(EndpointPlan? Endpoint, uint Network, IPAddress Address, ushort Port)
{
    /// <summary>Whether the packet keeps the address it was sent to.</summary>
    public bool KeepsDestination { get; init; }

    public ExplainEnd End(HostView host)
    {
        if (Endpoint is not null)
            return Ends.Of(host, Endpoint, Address);
        var network = host.Network(Network);
        return host.Remote(network, Address) is { } remote ? TunnelLayer.End(host, network, remote.Plan, Address) : new ExplainEnd(ExplainEndKind.RemoteEndpoint, Address, Network: network.Name);
    }
}
