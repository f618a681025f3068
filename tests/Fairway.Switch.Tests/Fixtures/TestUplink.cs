using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>A device of the host that is not the switch's.</summary>
internal sealed record TestUplink(int Link, MacAddress Mac, IPAddress? V4, IPAddress? V6)
{
    public static readonly MacAddress RouterMac = new(0x0200_5E00_0001);

    /// <summary>The default routes of both families lead here.</summary>
    public static readonly TestUplink Lan = new(HostNamespace.LanLink, new MacAddress(0x0200_5E10_0001), IPAddress.Parse("192.0.2.10"), IPAddress.Parse("2001:db8:2::10"));

    /// <summary>198.51.100.0/24 and 2001:db8:51::/48; it has no IPv6 address.</summary>
    public static readonly TestUplink Second = new(HostNamespace.SecondLink, new MacAddress(0x0200_5E10_0002), IPAddress.Parse("198.51.100.10"), null);

    /// <summary>203.0.113.0/24 and 2001:db8:3::/48, without a link-layer header.</summary>
    public static readonly TestUplink Bare = new(HostNamespace.BareLink, HostNamespace.BareMac, IPAddress.Parse("203.0.113.10"), IPAddress.Parse("2001:db8:3::10")) { HasMac = false };

    public static IReadOnlyList<TestUplink> All { get; } = [Lan, Second, Bare];

    public bool HasMac { get; init; } = true;

    public uint Mtu { get; init; } = 1500;

    public IPAddress Address(bool version6) => (version6 ? V6 : V4) ?? throw new InvalidOperationException("the uplink has no address of the family");

    /// <summary>A frame that arrives here.</summary>
    public byte[] Frame(byte[] packet) => HasMac ? Wire.Frame.Of(Mac, RouterMac, packet) : packet;

    public byte[] Frame(Packet packet) => Frame(packet.ToBytes());

    public UplinkRow ToRow() => new()
    {
        Flags = HasMac ? 0 : UplinkRow.NoMac,
        Mtu = Mtu,
        Source4 = V4 is null ? MappedAddress.None : new(V4),
        Source6 = V6 is null ? MappedAddress.None : new(V6),
    };
}
