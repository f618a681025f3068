namespace Fairway.Linux.Capture;

/// <summary>How to capture.</summary>
public sealed record PacketSocketOptions
{
    /// <summary>Bytes kept of each packet, at least 1; packets that are still to be segmented have up to 64 KiB and more.</summary>
    public int SnapLength { get; init; } = 256 * 1024;

    /// <summary>Bytes of packets that may wait to be read; what comes beyond is dropped and counted.</summary>
    public int ReceiveBuffer { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether the link is to receive packets for other hosts too.</summary>
    public bool Promiscuous { get; init; }
}
