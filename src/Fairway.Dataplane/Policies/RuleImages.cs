using System.Runtime.InteropServices;
using Fairway.Dataplane.Switch;
using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Policies;

/// <summary>Map <c>rules</c>: which image an owner's rules are in. Exchanging one waits until no program reads the former any more.</summary>
internal sealed class RuleImages(SwitchMaps maps)
{
    public void Set(uint owner, KernelImage image)
    {
        uint descriptor = (uint)image.Map.Descriptor.DangerousGetHandle();
        maps.Rules.Set(Bytes(ref owner), Bytes(ref descriptor));
    }

    public void Remove(uint owner) => maps.Rules.Remove(Bytes(ref owner));

    /// <summary>Owners that have an image.</summary>
    public IReadOnlyList<uint> Owners() => [.. maps.Rules.Enumerate().Where(entry => MemoryMarshal.Read<uint>(entry.Value) != 0).Select(entry => MemoryMarshal.Read<uint>(entry.Key))];

    /// <summary>The last generation an owner's present image has begun, or 0.</summary>
    public uint LastGeneration(uint owner)
    {
        uint id = 0;
        if (!maps.Rules.TryGet(Bytes(ref owner), MemoryMarshal.AsBytes(new Span<uint>(ref id))) || id == 0)
            return 0;
        using BpfMap image = BpfMap.OpenId(id);
        byte[] header = new byte[RuleLines.Bytes];
        return image.TryGet(new byte[sizeof(uint)], header) ? MemoryMarshal.Cast<byte, uint>(header)[RuleLines.Writing] : 0;
    }

    private static ReadOnlySpan<byte> Bytes(ref uint value) => MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(ref value));
}
