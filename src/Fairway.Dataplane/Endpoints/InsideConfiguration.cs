using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// What an endpoint has inside its namespace: MAC, addresses, default routes, a permanent neighbour entry for the gateway. Every step
/// replaces what is there, so that it makes and repairs alike.
/// </summary>
/// <remarks>
/// Nothing is written below /proc/sys: a link without a link-local address asks no router for anything, and the switch lets no
/// router advertisement through, so neither accept_ra nor disable_ipv6 would change anything. Both cost 100 us here.
/// </remarks>
internal static class InsideConfiguration
{
    private static readonly IPNetwork s_everywhere4 = new(IPAddress.Any, 0);
    private static readonly IPNetwork s_everywhere6 = new(IPAddress.IPv6Any, 0);

    public static void Write(RouteBatch batch, EndpointPlan endpoint, int link)
    {
        VethPorts.KeepSilent(batch, link);
        foreach (EndpointAddress address in endpoint.Addresses)
            batch.ReplaceAddress(KernelAddresses.Of(address, link));
        batch.SetLink(link, new LinkChange { Up = true });
        foreach (IPAddress gateway in endpoint.Gateways)
        {
            batch.ReplaceRoute(new Route
            {
                Destination = IsV6(gateway) ? s_everywhere6 : s_everywhere4,
                Gateway = gateway,
                LinkIndex = link,
                Protocol = Instance.Protocol,
                // A gateway outside the prefix (an address with /32) is reached all the same.
                OnLink = true,
            });
            batch.ReplaceNeighbour(new Neighbour
            {
                LinkIndex = link,
                Address = gateway,
                Mac = new MacAddress(endpoint.GatewayMac.Value),
                Protocol = Instance.Protocol,
            });
        }
    }

    private static bool IsV6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;
}
