namespace Fairway.Cli.Output.Documents;

/// <summary>A capture that has ended.</summary>
/// <param name="Endpoint">Name of the endpoint.</param>
/// <param name="File">Where the packets are, or null when they went to standard output.</param>
/// <param name="Packets">How many were written.</param>
/// <param name="Dropped">How many came too fast to be written.</param>
internal sealed record CaptureDocument(string Endpoint, string? File, long Packets, long Dropped);
