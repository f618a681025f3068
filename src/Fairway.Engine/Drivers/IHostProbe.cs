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

    /// <summary>The process that holds a host port, as <c>'nginx' (pid 12)</c>, or null when it is free. A null address means any.</summary>
    string? PortHolder(TransportProtocol protocol, IPAddress? address, ushort port);

    /// <summary>Identifies this boot (/proc/sys/kernel/random/boot_id).</summary>
    string BootId { get; }
}
