namespace Fairway.Linux.Capture;

/// <summary>What a packet socket counted since it was opened.</summary>
/// <param name="Received">Packets that came, the dropped ones included.</param>
/// <param name="Dropped">Packets for which there was no room.</param>
public readonly record struct PacketStatistics(ulong Received, ulong Dropped);
