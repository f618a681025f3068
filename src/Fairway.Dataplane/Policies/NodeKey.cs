using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Policies;

/// <summary>What a rule asks of a connection but for the service: masked addresses, masked port of the other side, and how long the masks are.</summary>
/// <param name="List">Direction, family and tier.</param>
/// <param name="Lengths">Lengths of the three masks: local, remote, port.</param>
internal readonly record struct NodeKey(uint List, uint Lengths, uint Other, UInt128 Local, UInt128 Remote)
{
    public int LocalLength => (int)(Lengths & 0xFF);

    public int RemoteLength => (int)(Lengths >> 8 & 0xFF);

    public int OtherLength => (int)(Lengths >> 16);

    public int Direction => (int)(List >> 1 & 1);

    public int Family => (int)(List & 1);

    public int Tier => (int)(List >> 2);

    public (uint List, uint Lengths) Shape => (List, Lengths);

    public bool Equals(NodeKey other) => Remote == other.Remote && Local == other.Local && Lengths == other.Lengths && List == other.List && Other == other.Other;

    public override int GetHashCode()
    {
        ulong mixed = (ulong)Remote ^ (ulong)(Remote >> 64) ^ BitOperations.RotateLeft((ulong)Local ^ (ulong)(Local >> 64), 32) ^ BitOperations.RotateLeft(Lengths ^ ((ulong)Other << 24) ^ ((ulong)List << 48), 17);
        mixed *= 0x9E3779B97F4A7C15;
        return (int)(mixed >> 32);
    }

    public static uint ListOf(int tier, int direction, int family) => ((uint)tier << 2) | ((uint)direction << 1) | (uint)family;

    public static uint LengthsOf(int local, int remote, int other) => (uint)local | ((uint)remote << 8) | ((uint)other << 16);

    public static UInt128 Mask(int length) => length == 0 ? 0 : UInt128.MaxValue << (128 - length);

    /// <summary>The words of a slot that make its key.</summary>
    public void Write(Span<uint> line)
    {
        WriteAddress(line, Local);
        WriteAddress(line[4..], Remote);
        line[RuleLines.Other] = Other;
        line[RuleLines.List] = List;
        line[RuleLines.Lengths] = Lengths;
    }

    /// <summary>The words of a shape that make masks and key.</summary>
    public void WriteShape(Span<uint> line)
    {
        WriteAddress(line, Mask(LocalLength));
        WriteAddress(line[4..], Mask(RemoteLength));
        line[RuleLines.Other] = 0xFFFFu << (16 - OtherLength) & 0xFFFF;
        line[RuleLines.List] = List;
        line[RuleLines.Lengths] = Lengths;
    }

    private static void WriteAddress(Span<uint> words, UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(MemoryMarshal.AsBytes(words[..4]), value);
}
