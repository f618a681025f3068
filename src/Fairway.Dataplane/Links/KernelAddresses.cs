using System.Net.Sockets;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Links;

/// <summary>Addresses of the plan as the kernel takes them.</summary>
internal static class KernelAddresses
{
    /// <summary>Usable at once: the switch answers for every address of a network, so nobody else can have it.</summary>
    public static InterfaceAddress Of(EndpointAddress address, int link) => new()
    {
        LinkIndex = link,
        Address = address.Address,
        PrefixLength = address.PrefixLength,
        Flags = address.Address.AddressFamily == AddressFamily.InterNetworkV6 ? AddressFlags.NoDad : AddressFlags.None,
    };

    public static bool Same(EndpointAddress wanted, InterfaceAddress address)
        => address.PrefixLength == wanted.PrefixLength && address.Address.Equals(wanted.Address);
}
