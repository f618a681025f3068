namespace Fairway.Cli.Output.Documents;

/// <summary>Counters of an endpoint; "received" is what it was sent.</summary>
internal sealed record TrafficDocument(ulong PacketsReceived, ulong BytesReceived, ulong PacketsSent, ulong BytesSent, ulong DroppedIncoming, ulong DroppedOutgoing);
