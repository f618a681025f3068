namespace Fairway.Linux.Bpf;

/// <summary>One run of a program on given input (BPF_PROG_TEST_RUN), without sending or receiving anything.</summary>
public sealed record BpfTestRun
{
    /// <summary>The packet, from the link-layer header on, 14 bytes or more; empty for programs without packets.</summary>
    public ReadOnlyMemory<byte> Packet { get; init; }

    /// <summary>Fields of <c>struct __sk_buff</c> that classifiers see; null for the kernel's defaults.</summary>
    public SkBuffContext? Context { get; init; }

    /// <summary>How often to run it, at least 1; the output is that of the last run.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Bytes of room for the packet that comes out.</summary>
    public int OutputSize { get; init; } = 64 * 1024;
}
