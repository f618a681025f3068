using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;

namespace Fairway.Engine.Plan;

/// <summary>The kernel objects of one attached endpoint: a veth pair, its addresses and routes, or a tap; and a port of the switch.</summary>
public sealed record EndpointPlan
{
    /// <summary>The endpoint's id.</summary>
    public required Guid Id { get; init; }
    /// <summary>Display name. Plans that differ in nothing else are equal: no kernel object carries it.</summary>
    public required string Name { get; init; }
    /// <summary>Port number in the switch, from 1.</summary>
    public required uint Port { get; init; }
    /// <summary>Generation of the port number.</summary>
    public required uint Generation { get; init; }
    /// <summary>Number of its network.</summary>
    public required uint Network { get; init; }
    /// <summary>Host-side link name (at most 15 bytes), derived from the id; of a virtual machine's NIC the tap's, which may have been asked for.</summary>
    public required string HostLink { get; init; }
    /// <summary>
    /// Name under which the inside end is born in the host's namespace, for an engine that moves, names and configures it itself; null when it
    /// is born where <see cref="NetnsPath"/> leads to.
    /// </summary>
    public string? HandoverLink { get; init; }
    /// <summary>The tap's owner, when it is the NIC of a virtual machine: it then has no other end, and nothing of what stands inside is made.</summary>
    public VirtualNic? VirtualNic { get; init; }
    /// <summary>A path that opens the namespace; empty when there is none, or the inside end is handed over.</summary>
    public required string NetnsPath { get; init; }
    /// <summary>SO_NETNS_COOKIE the path must lead to, another one means the namespace is gone; 0 when the inside end is handed over.</summary>
    public required ulong NetnsCookie { get; init; }
    /// <summary>Interface name inside.</summary>
    public required string InterfaceName { get; init; }
    /// <summary>Its MAC.</summary>
    public required MacAddress MacAddress { get; init; }
    /// <summary>Its addresses.</summary>
    public required ImmutableArray<EndpointAddress> Addresses { get; init; }
    /// <summary>Default gateways, at most one per family; none on internal and private networks.</summary>
    public required ImmutableArray<IPAddress> Gateways { get; init; }
    /// <summary>Prefixes reached by the gateway of their family, beside the default route.</summary>
    public ImmutableArray<EndpointRoute> Routes { get; init; } = [];
    /// <summary>MAC all gateways answer with, for the permanent neighbour entry; null when the gateways are outside and have to be asked.</summary>
    public required MacAddress? GatewayMac { get; init; }
    /// <summary>True when it has the IPv4 address a DHCP server of the LAN gives it, which the switch learns.</summary>
    public bool LearnsAddress { get; init; }
    /// <summary>True when it exchanges nothing with other endpoints of its network.</summary>
    public bool Apart { get; init; }
    /// <summary>MTU in bytes.</summary>
    public required int Mtu { get; init; }
    /// <summary>How fast it may be, or null for no limit.</summary>
    public BandwidthLimits? Bandwidth { get; init; }

    /// <summary>True when a sidecar gets what calls it, for which its interface has a filter inside.</summary>
    public bool CallersMeetSidecar { get; init; }

    /// <summary>True when it is attached nowhere and load balancers call with its addresses: a port of the switch with nobody behind it.</summary>
    public bool IsSource { get; init; }

    /// <summary>A further name of the host-side link, or null.</summary>
    public string? PortName { get; init; }

    /// <summary>Whether another plan asks for something else, which can be changed where it is: limits, the MTU, the port's name, a sidecar's filter.</summary>
    public bool ChangesInPlace(EndpointPlan other) => other is not null && this != other && this == other with { Bandwidth = Bandwidth, Mtu = Mtu, PortName = PortName, CallersMeetSidecar = CallersMeetSidecar };

    /// <inheritdoc/>
    public bool Equals(EndpointPlan? other) => other is not null && Id == other.Id && Port == other.Port
        && Generation == other.Generation && Network == other.Network && HostLink == other.HostLink && HandoverLink == other.HandoverLink && VirtualNic == other.VirtualNic && NetnsPath == other.NetnsPath
        && NetnsCookie == other.NetnsCookie && InterfaceName == other.InterfaceName && MacAddress == other.MacAddress
        && GatewayMac == other.GatewayMac && LearnsAddress == other.LearnsAddress && Apart == other.Apart && Mtu == other.Mtu && Bandwidth == other.Bandwidth && PortName == other.PortName && CallersMeetSidecar == other.CallersMeetSidecar && IsSource == other.IsSource
        && Addresses.SequenceEqual(other.Addresses) && Gateways.SequenceEqual(other.Gateways) && Routes.SequenceEqual(other.Routes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Port, Generation);
}
