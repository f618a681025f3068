using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>A VXLAN tunnel (RFC 7348).</summary>
public sealed record VxlanSpec : LinkSpec
{
    /// <inheritdoc/>
    public override string Kind => "vxlan";

    /// <summary>
    /// Whether tunnel keys come with each packet (from BPF or a route) instead of from the link; then <see cref="NetworkId"/> is not given.
    /// </summary>
    public bool CollectMetadata { get; init; }

    /// <summary>VXLAN network identifier, 0 to 2^24-1.</summary>
    public uint? NetworkId { get; init; }

    /// <summary>UDP port; IANA's is 4789, the kernel's default 8472.</summary>
    public ushort? Port { get; init; }

    /// <summary>Local address of the tunnel.</summary>
    public IPAddress? Local { get; init; }

    /// <summary>Whether source addresses are learned from traffic; the kernel's default is yes.</summary>
    public bool? Learning { get; init; }

    /// <summary>Whether UDP checksums are computed over IPv4.</summary>
    public bool? UdpChecksum { get; init; }

    /// <summary>Whether UDP over IPv6 is sent without a checksum.</summary>
    public bool? ZeroChecksum6Transmit { get; init; }

    /// <summary>Whether UDP over IPv6 is accepted without a checksum.</summary>
    public bool? ZeroChecksum6Receive { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        if (CollectMetadata)
            writer.Write(linux_if_link.IFLA_VXLAN_COLLECT_METADATA, (byte)1);
        if (NetworkId is { } id)
            writer.Write(linux_if_link.IFLA_VXLAN_ID, id);
        if (Port is { } port)
            writer.WriteBigEndian(linux_if_link.IFLA_VXLAN_PORT, port);
        if (Local is { } local)
        {
            bool v4 = local.AddressFamily == AddressFamily.InterNetwork;
            writer.WriteAddress(v4 ? (ushort)linux_if_link.IFLA_VXLAN_LOCAL : (ushort)linux_if_link.IFLA_VXLAN_LOCAL6, local);
        }
        WriteSwitch(ref writer, linux_if_link.IFLA_VXLAN_LEARNING, Learning);
        WriteSwitch(ref writer, linux_if_link.IFLA_VXLAN_UDP_CSUM, UdpChecksum);
        WriteSwitch(ref writer, linux_if_link.IFLA_VXLAN_UDP_ZERO_CSUM6_TX, ZeroChecksum6Transmit);
        WriteSwitch(ref writer, linux_if_link.IFLA_VXLAN_UDP_ZERO_CSUM6_RX, ZeroChecksum6Receive);
    }

    private static void WriteSwitch(ref NetlinkWriter writer, ushort type, bool? value)
    {
        if (value is { } on)
            writer.Write(type, (byte)(on ? 1 : 0));
    }
}
