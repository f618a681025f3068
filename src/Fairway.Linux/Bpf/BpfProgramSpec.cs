namespace Fairway.Linux.Bpf;

/// <summary>A program to be loaded from its instructions, without an object file: to probe what a kernel can, or a few instructions made by hand.</summary>
public sealed record BpfProgramSpec
{
    /// <summary>Name, cut to 15 bytes; letters, digits, '_' and '.'.</summary>
    public string Name { get; init; } = "";

    /// <summary>Kind.</summary>
    public required BpfProgramType Type { get; init; }

    /// <summary>Instructions, 8 bytes each (<c>linux/bpf.h</c>, struct bpf_insn).</summary>
    public required ReadOnlyMemory<byte> Instructions { get; init; }

    /// <summary>Licence; the kernel keeps some functions to GPL-compatible ones.</summary>
    public string License { get; init; } = "Dual MIT/GPL";

    /// <summary>Where it will attach, for kinds that must say so when loaded.</summary>
    public BpfAttachType? ExpectedAttachType { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
