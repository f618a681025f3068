using System.Buffers.Binary;
using CsCheck;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Robustness;

/// <summary>A change of a frame. Offsets and lengths wrap round, so that every mutation fits every frame and shrinks well.</summary>
internal sealed record Mutation(MutationKind Kind, int Offset, int Value)
{
    /// <summary>Where the headers tell something: MACs, ether type, lengths, flags, protocols, addresses, ports.</summary>
    private static readonly int[] s_telling = [0, 6, 12, 14, 16, 18, 20, 22, 23, 26, 28, 30, 32, 34, 36, 38, 40, 42, 46, 47, 54, 55, 56, 58, 62, 66, 78, 82, 94];

    public static Gen<Mutation> Gen => CsCheck.Gen.Select(
        CsCheck.Gen.Enum<MutationKind>(),
        CsCheck.Gen.OneOf(CsCheck.Gen.Int[0, 200], CsCheck.Gen.OneOfConst(s_telling)),
        CsCheck.Gen.Int[0, 0xFFFF],
        (kind, offset, value) => new Mutation(kind, offset, value));

    /// <param name="pool">Pieces of other frames: addresses that mean something.</param>
    public byte[] Apply(byte[] frame, IReadOnlyList<byte[]> pool)
    {
        int at = Offset % frame.Length;
        switch (Kind)
        {
            case MutationKind.Byte:
                return frame.With(at, (byte)Value);
            case MutationKind.Bit:
                return frame.With(at, (byte)(frame[at] ^ 1 << Value % 8));
            case MutationKind.Word when at + 2 <= frame.Length:
                return frame.With(at, (byte)(Value >> 8), (byte)Value);
            case MutationKind.Cut:
                return frame[..Math.Max(Frame.HeaderLength + 1, Value % frame.Length)];
            case MutationKind.Extend:
                return [.. frame, .. new byte[Value % 64]];
            case MutationKind.Piece:
                byte[] piece = pool[Value % pool.Count];
                return at + piece.Length <= frame.Length ? frame.With(at, piece) : frame;
            case MutationKind.Insert:
                byte[] inserted = pool[Value % pool.Count];
                return [.. frame[..at], .. inserted, .. frame[at..]];
            default:
                return frame;
        }
    }

    /// <summary>Makes lengths and checksums right, as far as there are any: a frame that is thrown away at once tests little.</summary>
    public static byte[] Repair(byte[] frame)
    {
        byte[] repaired = [.. frame];
        Span<byte> packet = repaired.AsSpan(Frame.HeaderLength);
        ushort etherType = BinaryPrimitives.ReadUInt16BigEndian(repaired.AsSpan(12));
        if (etherType == Frame.Ip4 && packet.Length >= 20 && (packet[0] & 0x0F) * 4 is var header && header >= 20 && header <= packet.Length)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
            packet[10] = packet[11] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum.Of(packet[..header]));
            RepairTransport(packet[header..], packet[9], packet[12..16], packet[16..20]);
        }
        else if (etherType == Frame.Ip6 && packet.Length >= 40)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - 40));
            RepairTransport(packet[40..], packet[6], packet[8..24], packet[24..40]);
        }
        return repaired;
    }

    private static void RepairTransport(Span<byte> segment, byte protocol, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination)
    {
        (int at, bool covers) = protocol switch
        {
            Protocols.Tcp => (16, true),
            Protocols.Udp => (6, true),
            Protocols.Icmp => (2, false),
            Protocols.Icmp6 => (2, true),
            _ => (int.MaxValue - 2, false),
        };
        if (at + 2 > segment.Length)
            return;
        segment[at] = segment[at + 1] = 0;
        uint sum = covers ? Checksum.PseudoHeader(new(source), new(destination), protocol, segment.Length) : 0;
        BinaryPrimitives.WriteUInt16BigEndian(segment[at..], Checksum.Finish(Checksum.Sum(segment, sum)));
    }
}
