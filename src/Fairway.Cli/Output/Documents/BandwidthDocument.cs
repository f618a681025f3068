namespace Fairway.Cli.Output.Documents;

/// <summary>How fast an endpoint may be: bits a second and bits, null where nothing is said.</summary>
internal sealed record BandwidthDocument(long? IncomingRate, long? IncomingBurst, long? OutgoingRate, long? OutgoingBurst);
