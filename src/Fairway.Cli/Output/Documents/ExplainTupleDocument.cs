namespace Fairway.Cli.Output.Documents;

/// <summary>Addresses and ports of a packet; ports are null for ICMP, and where the switch chooses one.</summary>
internal sealed record ExplainTupleDocument(string Protocol, string Source, int? SourcePort, string Destination, int? DestinationPort);
