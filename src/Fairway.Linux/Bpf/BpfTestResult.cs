namespace Fairway.Linux.Bpf;

/// <summary>What came out of a <see cref="BpfTestRun"/>.</summary>
/// <param name="ReturnValue">What the program returned.</param>
/// <param name="Packet">The packet as the program left it.</param>
/// <param name="Context">The fields of <c>struct __sk_buff</c> as the program left them, for classifiers.</param>
/// <param name="Duration">Mean time of one run, in whole nanoseconds.</param>
public sealed record BpfTestResult(uint ReturnValue, ReadOnlyMemory<byte> Packet, SkBuffContext? Context, TimeSpan Duration);
