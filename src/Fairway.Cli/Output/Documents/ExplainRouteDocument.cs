namespace Fairway.Cli.Output.Documents;

/// <summary>How a packet leaves the host.</summary>
internal sealed record ExplainRouteDocument(string Device, string? NextHop, int Mtu);
