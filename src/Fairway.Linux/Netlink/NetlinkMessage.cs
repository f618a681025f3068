using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairway.Linux.Netlink;

/// <summary>One received message; valid while the receive buffer is.</summary>
public readonly ref struct NetlinkMessage
{
    internal NetlinkMessage(ushort type, ushort flags, uint sequence, uint portId, ReadOnlySpan<byte> payload)
    {
        Type = type;
        Flags = flags;
        Sequence = sequence;
        PortId = portId;
        Payload = payload;
    }

    /// <summary>Message type (nlmsg_type).</summary>
    public ushort Type { get; }

    /// <summary>Header flags (NLM_F_*).</summary>
    public ushort Flags { get; }

    /// <summary>Sequence number of the request it answers.</summary>
    public uint Sequence { get; }

    /// <summary>Port of the socket it is for (nlmsg_pid); 0 in notifications.</summary>
    public uint PortId { get; }

    /// <summary>Everything behind the netlink header.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads the family header at the start of the payload.</summary>
    /// <typeparam name="T">A struct with the kernel's layout.</typeparam>
    /// <returns>The header.</returns>
    /// <exception cref="InvalidDataException">The payload is shorter than the header.</exception>
    public T Header<T>()
        where T : unmanaged
        => Payload.Length >= Unsafe.SizeOf<T>()
            ? MemoryMarshal.Read<T>(Payload)
            : throw new InvalidDataException($"netlink message {Type} has {Payload.Length} bytes of payload, its header needs {Unsafe.SizeOf<T>()}");

    /// <summary>The attributes behind the family header.</summary>
    /// <typeparam name="T">The family header.</typeparam>
    /// <returns>A reader at the first attribute.</returns>
    public AttributeReader Attributes<T>()
        where T : unmanaged
        => Attributes(Unsafe.SizeOf<T>());

    /// <summary>The attributes behind a header of the given length.</summary>
    /// <param name="headerLength">Bytes before the first attribute, before padding to four.</param>
    /// <returns>A reader at the first attribute; at its end when the payload stops before.</returns>
    public AttributeReader Attributes(int headerLength)
    {
        int offset = NetlinkAlignment.Align(headerLength);
        return new AttributeReader(offset < Payload.Length ? Payload[offset..] : []);
    }
}
