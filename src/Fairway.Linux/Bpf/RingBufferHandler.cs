namespace Fairway.Linux.Bpf;

/// <summary>Receives one record of a ring buffer.</summary>
/// <param name="record">The record, in the kernel's memory: valid during the call only.</param>
public delegate void RingBufferHandler(ReadOnlySpan<byte> record);
