using System.Runtime.InteropServices;
using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Policies;

/// <summary>An image in the kernel: an array that is written through its mapped memory.</summary>
internal sealed class KernelImage : ImageMemory
{
    private readonly BpfArrayMemory _memory;

    public KernelImage(int lines)
    {
        Map = BpfMap.Create(new BpfMapSpec
        {
            Name = "rule_image",
            Type = BpfMapType.Array,
            KeySize = sizeof(uint),
            ValueSize = RuleLines.Bytes,
            MaxEntries = (uint)lines,
            Mappable = true,
            OfAnySize = true,
        });
        _memory = new BpfArrayMemory(Map);
    }

    public BpfMap Map { get; }

    public override Span<uint> Words => MemoryMarshal.Cast<byte, uint>(_memory.Bytes);

    public override void Dispose()
    {
        _memory.Dispose();
        Map.Dispose();
        base.Dispose();
    }
}
