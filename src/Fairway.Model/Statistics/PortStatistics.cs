namespace Fairway.Model.Statistics;

/// <summary>Counters of one port of the switch since its endpoint was attached. "Received" is towards the endpoint.</summary>
/// <param name="PacketsReceived">Packets delivered to the endpoint.</param>
/// <param name="BytesReceived">Their bytes.</param>
/// <param name="PacketsSent">Packets forwarded for the endpoint.</param>
/// <param name="BytesSent">Their bytes.</param>
/// <param name="DroppedIncoming">Packets for the endpoint that were dropped.</param>
/// <param name="DroppedOutgoing">Packets of the endpoint that were dropped.</param>
public sealed record PortStatistics(ulong PacketsReceived, ulong BytesReceived, ulong PacketsSent, ulong BytesSent, ulong DroppedIncoming, ulong DroppedOutgoing);
