using System.Net;
using System.Net.Sockets;

namespace Fairway.Engine.State;

/// <summary>How the host addresses of publications relate: null is every address, 0.0.0.0 and :: are every address of a family.</summary>
internal static class HostAddresses
{
    public static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    public static bool Covers(IPAddress? address, AddressFamily family) => address is null || address.AddressFamily == family;

    public static IPAddress Any(AddressFamily family) => family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
}
