using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>A network of the scene.</summary>
/// <param name="HostLink">Index of its host vNIC, or 0.</param>
internal sealed record TestNetwork(uint Number, NetworkFlags Flags, int HostLink, IPAddress Gateway4, IPAddress Gateway6, MacAddress GatewayMac)
{
    public const ushort Mtu = 1500;

    /// <summary>NAT, both families.</summary>
    public static readonly TestNetwork Web = New(1, NetworkFlags.Live | NetworkFlags.Nat | NetworkFlags.Host, HostNamespace.WebLink);

    /// <summary>Another of the same kind.</summary>
    public static readonly TestNetwork Blue = New(2, NetworkFlags.Live | NetworkFlags.Nat | NetworkFlags.Host, HostNamespace.BlueLink);

    /// <summary>Internal: no way out.</summary>
    public static readonly TestNetwork Inside = New(3, NetworkFlags.Live | NetworkFlags.Host, HostNamespace.InsideLink);

    /// <summary>Private: the host is no part of it.</summary>
    public static readonly TestNetwork Alone = New(4, NetworkFlags.Live, 0);

    public static IReadOnlyList<TestNetwork> All { get; } = [Web, Blue, Inside, Alone];

    /// <summary>On the LAN behind an uplink: each endpoint with its own MAC, all with the uplink's, or all by the next hop.</summary>
    public static TestNetwork OnLan(NetworkFlags kind = NetworkFlags.None)
        => New(5, NetworkFlags.Live | NetworkFlags.Segment | kind, 0) with { Uplink = TestUplink.Lan };

    public TestUplink? Uplink { get; init; }

    public IPAddress Gateway(bool version6) => version6 ? Gateway6 : Gateway4;

    /// <summary>An address of the network: 10.80.N.HOST, fd00:80:N::HOST.</summary>
    public IPAddress Address(bool version6, int host) => AddressOf(Number, version6, host);

    public NetworkRow ToRow() => new()
    {
        Flags = Flags,
        HostIfindex = (uint)HostLink,
        Gateway4 = HostLink == 0 && !Flags.HasFlag(NetworkFlags.Hairpin) ? MappedAddress.None : new(Gateway4),
        Gateway6 = HostLink == 0 && !Flags.HasFlag(NetworkFlags.Hairpin) ? MappedAddress.None : new(Gateway6),
        GatewayMac = new(GatewayMac),
        Mtu = Mtu,
        Uplink = (uint)(Uplink?.Link ?? 0),
        UplinkMac = Uplink is null ? default : new(Uplink.Mac),
    };

    private static TestNetwork New(uint number, NetworkFlags flags, int hostLink)
        => new(number, flags, hostLink, AddressOf(number, false, 1), AddressOf(number, true, 1), new MacAddress(0x02FA_0000_0000ul | number));

    private static IPAddress AddressOf(uint number, bool version6, int host) => IPAddress.Parse(version6 ? $"fd00:80:{number}::{host:x}" : $"10.80.{number}.{host}");
}
