using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// An endpoint's interface inside its namespace: addresses, default routes, a permanent neighbour entry for the gateway. Every step
/// can be repeated, so that it makes and repairs alike.
/// </summary>
/// <remarks>
/// Nothing is written below /proc/sys unless it must be: a link without a link-local address asks no router for anything, and the switch
/// lets no router advertisement through, so neither accept_ra nor disable_ipv6 would change anything. Each costs 30 to 100 us here.
/// </remarks>
internal sealed class InsideInterface(EndpointPlan endpoint, NetworkNamespace space, RouteNetlink inside, int link)
{
    /// <summary>LOOPBACK_IFINDEX (net/net_namespace.h): the same in every namespace.</summary>
    private const int Loopback = 1;

    private static readonly IPNetwork s_everywhere4 = new(IPAddress.Any, 0);
    private static readonly IPNetwork s_everywhere6 = new(IPAddress.IPv6Any, 0);

    public void Configure()
    {
        IReadOnlyList<BatchFailure> failures = Send();
        if (failures.Any(failure => failure.Error.Errno is Errno.EACCES or Errno.EPERM) && AllowIpv6())
            failures = Send();
        foreach (BatchFailure failure in failures)
        {
            if (failure.Error.Errno != Errno.EEXIST)
                throw failure.Error;
        }
        if (failures.Count > 0)
            AddRoutesBesideOthers();
    }

    private IReadOnlyList<BatchFailure> Send()
    {
        var batch = new RouteBatch();
        HostSide.KeepSilent(batch, link);
        batch.LimitOutgoing(endpoint.Bandwidth, link, endpoint.Mtu);
        batch.SetLink(link, new LinkChange { Up = true });
        // Engines differ in who does this; whose workload it is left to (Podman's) would be without 127.0.0.1.
        batch.SetLink(Loopback, new LinkChange { Up = true });
        foreach (EndpointAddress address in endpoint.Addresses)
            batch.ReplaceAddress(KernelAddresses.Of(address, link));
        foreach (IPAddress gateway in endpoint.Gateways)
        {
            if (endpoint.GatewayMac is { } mac)
                batch.ReplaceNeighbour(new Neighbour { LinkIndex = link, Address = gateway, Mac = new MacAddress(mac.Value), Protocol = Instance.Protocol });
            batch.AddRoute(RouteBy(gateway));
            foreach (EndpointRoute route in endpoint.Routes.Where(route => route.Destination.BaseAddress.AddressFamily == gateway.AddressFamily))
                batch.ReplaceRoute(RouteBy(gateway) with { Destination = route.Destination, Metric = route.Metric });
        }
        return inside.Send(batch);
    }

    private Route RouteBy(IPAddress gateway) => new()
    {
        Destination = gateway.AddressFamily == AddressFamily.InterNetworkV6 ? s_everywhere6 : s_everywhere4,
        Gateway = gateway,
        LinkIndex = link,
        Protocol = Instance.Protocol,
        // A gateway outside the prefix (an address with /32) is reached all the same.
        OnLink = true,
    };

    /// <summary>
    /// The namespace has a default route already: this one, or that of an endpoint on another network, which stays the preferred one. Metrics
    /// above the kernel's own defaults keep the order of attachment.
    /// </summary>
    private void AddRoutesBesideOthers()
    {
        const uint AfterOthers = 2048;
        IReadOnlyList<Route> present = inside.ListRoutes(new RouteFilter { Table = RouteTable.Main, LinkIndex = link });
        foreach (IPAddress gateway in endpoint.Gateways)
        {
            Route route = RouteBy(gateway);
            if (!present.Any(other => other.Destination.Equals(route.Destination) && gateway.Equals(other.Gateway)))
                inside.ReplaceRoute(route with { Metric = AfterOthers + (uint)link });
        }
    }

    /// <summary>An engine may have told the namespace that interfaces have no IPv6; this one has an IPv6 address.</summary>
    private bool AllowIpv6()
    {
        if (!endpoint.Addresses.Any(address => address.Address.AddressFamily == AddressFamily.InterNetworkV6))
            return false;
        new KernelSettings(space).Write(SysctlName.OfLink(AddressFamily.InterNetworkV6, endpoint.InterfaceName, "disable_ipv6"), 0);
        return true;
    }
}
