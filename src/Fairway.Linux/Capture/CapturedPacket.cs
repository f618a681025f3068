namespace Fairway.Linux.Capture;

/// <summary>One captured packet; valid until the next is received.</summary>
public readonly ref struct CapturedPacket
{
    /// <summary>The packet from the link-layer header on, cut to <see cref="PacketSocketOptions.SnapLength"/>.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Bytes the packet had.</summary>
    public required int OriginalLength { get; init; }

    /// <summary>
    /// When the kernel took it, in nanoseconds since 1970 (UTC). The kernel needs a moment to begin with time stamps: the first packets after opening may carry the time they were
    /// read.
    /// </summary>
    public required long Timestamp { get; init; }

    /// <summary>Whether the link sent it, rather than received it.</summary>
    public required bool IsOutgoing { get; init; }
}
