using System.Buffers.Binary;
using System.Net;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Overlays;

/// <summary>What one host sends to another.</summary>
internal static class Vxlan
{
    /// <summary>IANA's port.</summary>
    public const ushort Port = 4789;

    /// <summary>An Ethernet frame with the frame of the endpoints in it (RFC 7348, section 5).</summary>
    public static byte[] Wrapped(byte[] inner, IPAddress from, IPAddress to, uint vsid, int port = Port, Func<Packet, Packet>? change = null, Action<byte[]>? edit = null)
    {
        byte[] payload = new byte[8 + inner.Length];
        payload[0] = 0x08;
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(4), vsid << 8);
        inner.CopyTo(payload, 8);
        var outer = new Packet(from, to, Segment.UdpUnchecked(50000, port, payload));
        byte[] frame = TestUplink.Lan.Frame(change is null ? outer : change(outer));
        edit?.Invoke(frame);
        return frame;
    }
}
