using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fairway.Dataplane.Policies;
using Fairway.Model.Addressing;
using Fairway.Model.Policies;

namespace Fairway.Dataplane.Tests.Policies;

/// <summary>Reads an image the way the switch does (bpf/policy.h).</summary>
internal static class ImageReader
{
    /// <summary>The action and number of the rule that decides; null when none does.</summary>
    /// <param name="looks">Receives how many slots were looked for.</param>
    public static (PolicyAction Action, uint Number)? Read(ImageMemory image, PolicyTuple tuple, out int looks)
    {
        looks = 0;
        bool inward = tuple.Direction == PolicyDirection.In;
        uint service = (uint)tuple.Protocol << 16 | (tuple.Icmp is { } icmp ? (uint)(icmp.Type << 8 | icmp.Code!.Value) : inward ? tuple.LocalPort : tuple.RemotePort);
        uint other = inward ? tuple.RemotePort : tuple.LocalPort;
        int family = tuple.Local.Bits == 32 ? 0 : 1;
        (UInt128 local, UInt128 remote) = (Mapped(tuple.Local), Mapped(tuple.Remote));
        Span<uint> root = image.Line(RuleLines.FirstRoot + (int)(image.Line(0)[RuleLines.Generation] & 1));
        int at = 2 * RuleLines.Root((int)tuple.Direction, family);
        (ulong Rank, RuleCell Cell) best = (ulong.MaxValue, default);
        uint tier = uint.MaxValue;
        for (uint i = 0; i < root[at + 1]; i++)
        {
            Span<uint> shape = image.Line((int)(root[at] + i));
            if (shape[RuleLines.Tier] != tier)
            {
                if (best.Cell.Number != 0 && best.Cell.PolicyAction != PolicyAction.Pass)
                    break;
                (tier, best) = (shape[RuleLines.Tier], (ulong.MaxValue, default));
            }
            if (best.Rank <= ((ulong)shape[RuleLines.BestPriority] << 32 | shape[RuleLines.BestNumber]))
                continue;
            looks++;
            RuleCell cell = Look(image, shape, local, remote, other, service);
            ulong rank = (ulong)cell.Priority << 32 | cell.Number;
            if (cell.Number != 0 && rank < best.Rank)
                best = (rank, cell);
        }
        return best.Cell.Number != 0 && best.Cell.PolicyAction != PolicyAction.Pass ? (best.Cell.PolicyAction, best.Cell.Number) : null;
    }

    private static RuleCell Look(ImageMemory image, ReadOnlySpan<uint> shape, UInt128 local, UInt128 remote, uint other, uint service)
    {
        Span<uint> key = stackalloc uint[RuleLines.KeyWords];
        Write(key, local & Read(shape));
        Write(key[4..], remote & Read(shape[4..]));
        key[RuleLines.Other] = other & shape[RuleLines.Other];
        key[RuleLines.List] = shape[RuleLines.List];
        key[RuleLines.Lengths] = shape[RuleLines.Lengths];
        uint hash = RuleLines.Hash(key);
        Span<uint> header = image.Line(0);
        for (uint probe = 0; probe < RuleLines.MaxProbes; probe++)
        {
            Span<uint> slot = image.Line((int)(header[RuleLines.SlotsFirst] + (hash + probe & header[RuleLines.SlotsMask])));
            if (slot[RuleLines.InUse] == 0)
                return default;
            if (!key.SequenceEqual(slot[..RuleLines.KeyWords]))
                continue;
            uint table = header[RuleLines.Generation] >= slot[RuleLines.Since] ? slot[RuleLines.Table] : slot[RuleLines.TableBefore];
            return table == 0 ? default : Search(image.Words[((int)table * RuleLines.Words)..], service);
        }
        return default;
    }

    private static RuleCell Search(ReadOnlySpan<uint> table, uint service)
    {
        (uint low, uint count) = (0, table[0]);
        while (count > 1)
        {
            uint half = count / 2;
            if (table[(int)((low + half + 1) * RuleLines.CellWords)] <= service)
                (low, count) = (low + half, count - half);
            else
                count = half;
        }
        return RuleCell.Read(table.Slice((int)(low + 1) * RuleLines.CellWords, RuleLines.CellWords));
    }

    private static UInt128 Mapped(System.Net.IPAddress address) => address.Bits == 32 ? (UInt128)0xFFFF << 32 | address.ToNumber() : address.ToNumber();

    private static UInt128 Read(ReadOnlySpan<uint> words) => BinaryPrimitives.ReadUInt128BigEndian(MemoryMarshal.AsBytes(words[..4]));

    private static void Write(Span<uint> words, UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(MemoryMarshal.AsBytes(words[..4]), value);
}
