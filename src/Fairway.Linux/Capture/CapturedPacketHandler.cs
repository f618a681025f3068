namespace Fairway.Linux.Capture;

/// <summary>Receives one captured packet.</summary>
/// <param name="packet">The packet, valid during the call only.</param>
public delegate void CapturedPacketHandler(scoped in CapturedPacket packet);
