using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Plan;
using Fairway.Model.Explain;

namespace Fairway.Engine.Explain;

/// <summary>The ends of ways, and how they are written.</summary>
internal static class Ends
{
    public static ExplainEnd Of(HostView host, EndpointPlan endpoint, IPAddress? address) =>
        new(ExplainEndKind.Endpoint, address, endpoint.Name, endpoint.Id, host.Network(endpoint.Network).Name);

    public static ExplainEnd Host(IPAddress? address) => new(ExplainEndKind.Host, address);

    public static ExplainEnd Outside(IPAddress? address) => new(ExplainEndKind.Outside, address);

    public static string Text(IPAddress address, ushort port) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]:{port}" : $"{address}:{port}";
}
