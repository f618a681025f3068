using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Uplinks;
using Fairway.Engine.Drivers;
using Fairway.Linux;
using Fairway.Linux.Diag;
using Fairway.Linux.Routing;
using Fairway.Linux.Sockets;

namespace Fairway.Dataplane.Host;

/// <inheritdoc/>
internal sealed class HostProbe : IHostProbe, IDisposable
{
    private const int DefaultMtu = 1500;
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private readonly HostNetlink _host;
    private readonly Instance _instance;
    private readonly SocketDiagnostics _sockets;

    public HostProbe(HostNetlink host, Instance instance)
    {
        _host = host;
        _instance = instance;
        _sockets = SocketDiagnostics.Open(host.Namespace);
        BootId = File.ReadAllText(BootIdFile).Trim();
    }

    /// <inheritdoc/>
    public string BootId { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IPNetwork> Routes()
    {
        HashSet<int> ours = OurLinks();
        return [.. _host.Queries.ListRoutes()
            .Where(route => IsOfInterest(route) && (route.LinkIndex is not { } link || !ours.Contains(link)))
            .Select(route => route.Destination)
            .Distinct()];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IPAddress> Addresses()
    {
        HashSet<int> ours = OurLinks();
        return [.. _host.Queries.ListAddresses().Where(address => !ours.Contains(address.LinkIndex)).Select(address => address.Address).Distinct()];
    }

    /// <inheritdoc/>
    public int UplinkMtu()
    {
        Route? route = DefaultRoute();
        uint? mtu = route?.Mtu ?? (LinkOf(route) is { } link ? _host.Queries.FindLink(link)?.Mtu : null);
        return (int?)mtu ?? DefaultMtu;
    }

    /// <inheritdoc/>
    public HostUplink? FindUplink(string? name)
    {
        return name is not null ? Uplink(_host.Queries.FindLink(name)) : LinkOf(DefaultRoute()) is { } index ? FindUplink(index) : null;
    }

    /// <inheritdoc/>
    public HostUplink? FindUplink(int index) => Uplink(_host.Queries.FindLink(index));

    private HostUplink? Uplink(Link? link) => link is null ? null : new HostUplink(link.Name, (int)link.Mtu, UplinkDevices.ObstacleTo(link, _instance));

    /// <inheritdoc/>
    public HostRoute? FindRoute(IPAddress destination, IPAddress? source, string? arrivingBy)
    {
        IReadOnlyList<Link> links = _host.Queries.ListLinks();
        Link? arriving = arrivingBy is null ? null : links.FirstOrDefault(link => link.Name == arrivingBy);
        if (arrivingBy is not null && arriving is null)
            return null;
        if (Ask(destination, source, arriving) is not { Type: RouteType.Unicast } route || LinkOf(route) is not { } index || links.FirstOrDefault(link => link.Index == index) is not { } link)
            return null;
        return new HostRoute(link.Name, UplinkDevices.Among([.. links], _instance).Any(uplink => uplink.Index == index), route.Gateway, route.PreferredSource,
            TranslatedSource(link, destination.AddressFamily), (int)link.Mtu);
    }

    private Route? Ask(IPAddress destination, IPAddress? source, Link? arriving)
    {
        try
        {
            return arriving is null || source is null ? _host.Queries.GetRoute(destination) : _host.Queries.GetForwardingRoute(destination, source, arriving.Index);
        }
        catch (LinuxException)
        {
            // No route, or one that refuses: to the switch they are the same.
            return null;
        }
    }

    private IPAddress? TranslatedSource(Link link, AddressFamily family)
    {
        var sources = new UplinkSources(_host.Queries.ListAddresses(), [.. _host.Queries.ListRoutes().Where(route => route.Destination.PrefixLength == 0)]);
        MappedAddress source = sources.Of(link, family);
        return source == MappedAddress.None ? null : source.ToAddress();
    }

    private Route? DefaultRoute() => _host.Queries.ListRoutes(new RouteFilter { Table = RouteTable.Main })
        .Where(route => route is { Destination.PrefixLength: 0, Type: RouteType.Unicast, IsDead: false })
        .OrderBy(route => route.Destination.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
        .ThenBy(route => route.Metric ?? 0)
        .FirstOrDefault();

    private static int? LinkOf(Route? route) => route?.LinkIndex ?? (route is { NextHops: [var first, ..] } ? first.LinkIndex : null);

    /// <inheritdoc/>
    public HeldPort? FindHeldPort(Model.Ports.TransportProtocol protocol, IPAddress? address, ushort first, int count)
    {
        for (int port = first, end = first + count; ; port++)
        {
            port = SkipFree((TransportProtocol)protocol, address, port, end);
            if (port == end)
                return null;
            if (Holder((TransportProtocol)protocol, address, (ushort)port) is { } holder)
                return new HeldPort((ushort)port, holder);
        }
    }

    public void Dispose() => _sockets.Dispose();

    /// <summary>The first port that cannot be bound: the cheap question, which most ports answer.</summary>
    private int SkipFree(TransportProtocol protocol, IPAddress? address, int port, int end) => _host.Namespace.Run(() =>
    {
        while (port < end && LocalPort.CanBind(protocol, address, (ushort)port))
            port++;
        return port;
    });

    private string? Holder(TransportProtocol protocol, IPAddress? address, ushort port)
    {
        SocketEntry? holder = _sockets.List(SocketQuery.Listening(protocol, port)).FirstOrDefault(socket => Overlaps(socket, address));
        if (holder is null)
            return null;
        return SocketOwner.Find(holder.Inode) is { } owner ? $"'{owner.Name}' (pid {owner.ProcessId})" : "the kernel, or a process that cannot be looked into";
    }

    /// <summary>Whether a socket takes packets for an address, null being all of both families. An IPv6 socket usually takes IPv4 as well.</summary>
    private static bool Overlaps(SocketEntry socket, IPAddress? address)
    {
        IPAddress local = socket.Local.Address.IsIPv4MappedToIPv6 ? socket.Local.Address.MapToIPv4() : socket.Local.Address;
        if (address is null)
            return true;
        bool everywhere = local.Equals(IPAddress.IPv6Any) && (!socket.IsV6Only || address.AddressFamily == AddressFamily.InterNetworkV6);
        bool everywhere4 = local.Equals(IPAddress.Any) && address.AddressFamily == AddressFamily.InterNetwork;
        bool asksForAll = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        return everywhere || everywhere4 || local.Equals(address) || (asksForAll && local.AddressFamily == address.AddressFamily);
    }

    /// <summary>Where packets can go, short of everywhere and of what every link has (link-local, multicast).</summary>
    private static bool IsOfInterest(Route route)
        => route.Type == RouteType.Unicast
            && route.Destination.PrefixLength > 0
            && !route.Destination.BaseAddress.IsIPv6LinkLocal
            && !route.Destination.BaseAddress.IsIPv6Multicast;

    private HashSet<int> OurLinks() => [.. _host.Queries.ListLinks().Where(link => _instance.MarkOf(link) is not null || _instance.IsLeftOver(link)).Select(link => link.Index)];
}
