using System.Net;
using Fairway.Model.Ports;

namespace Fairway.Engine.Drivers;

/// <summary>What the host has that Fairway must not collide with. Read at validation time, never in the planner.</summary>
/// <remarks>Called from several threads at once.</remarks>
public interface IHostProbe
{
    /// <summary>Prefixes the host routes to (connected and via gateways), without default routes and without our own.</summary>
    IReadOnlyList<IPNetwork> Routes();

    /// <summary>Addresses of the host, without our own vNICs'.</summary>
    IReadOnlyList<IPAddress> Addresses();

    /// <summary>MTU of the default-route uplink in bytes, 1500 when there is none.</summary>
    int UplinkMtu();

    /// <summary>How the host would route a packet.</summary>
    /// <param name="destination">Where it goes to.</param>
    /// <param name="source">Where it comes from; null for one of the host's own.</param>
    /// <param name="arrivingBy">Name of the device it came in by, with a source; null for one of the host's own.</param>
    /// <returns>Null when it has no route.</returns>
    HostRoute? FindRoute(IPAddress destination, IPAddress? source, string? arrivingBy);

    /// <summary>A device of the host that networks may have endpoints behind, or why it cannot be one.</summary>
    /// <param name="name">Its name, null for the one of the default route.</param>
    /// <returns>Null when there is no such device.</returns>
    HostUplink? FindUplink(string? name);

    /// <summary>The same by the device's index.</summary>
    HostUplink? FindUplink(int index);

    /// <summary>The first of some host ports that a process of the host holds, or null when all are free.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="address">The address, null for all of both families.</param>
    /// <param name="first">The first port.</param>
    /// <param name="count">How many from there.</param>
    HeldPort? FindHeldPort(TransportProtocol protocol, IPAddress? address, ushort first, int count);

    /// <summary>Identifies this boot (/proc/sys/kernel/random/boot_id).</summary>
    string BootId { get; }
}
