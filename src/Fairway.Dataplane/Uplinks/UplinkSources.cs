using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Uplinks;

/// <summary>Which address translated packets carry on each device: the one the host itself would take.</summary>
internal sealed class UplinkSources
{
    private readonly ILookup<int, InterfaceAddress> _addresses;
    private readonly IReadOnlyList<Route> _defaults;

    public UplinkSources(IReadOnlyList<InterfaceAddress> addresses, IReadOnlyList<Route> defaults)
    {
        _addresses = addresses.ToLookup(address => address.LinkIndex);
        _defaults = defaults;
    }

    /// <summary>
    /// The source the device's default route asks for, else its first lasting address of global scope. A device that has none borrows nobody
    /// else's: zero, and nothing is translated there.
    /// </summary>
    public MappedAddress Of(Link link, AddressFamily family)
    {
        IPAddress? preferred = _defaults.FirstOrDefault(route => route.LinkIndex == link.Index && route.PreferredSource?.AddressFamily == family)?.PreferredSource;
        IPAddress? address = preferred ?? _addresses[link.Index].Where(address => address.Address.AddressFamily == family).Where(IsUsable)
            .OrderBy(Rank).FirstOrDefault()?.Address;
        return address is null ? MappedAddress.None : new MappedAddress(address);
    }

    private static bool IsUsable(InterfaceAddress address)
        => address.Scope is RouteScope.Universe or RouteScope.Site && (address.Flags & (AddressFlags.Tentative | AddressFlags.DadFailed)) == 0;

    /// <summary>Lasting before temporary and secondary ones, those still preferred before the outdated; global before unique local.</summary>
    private static int Rank(InterfaceAddress address)
        => ((address.Flags & AddressFlags.Deprecated) != 0 ? 4 : 0)
            + ((address.Flags & AddressFlags.Secondary) != 0 ? 2 : 0)
            + (address.Address.IsIPv6UniqueLocal ? 1 : 0);
}
