namespace Fairway.Cli.Output.Documents;

/// <summary>A port of a load balancer, as <c>--output json</c> shows it.</summary>
internal sealed record LoadBalancerPortDocument
{
    /// <summary><c>tcp</c>, <c>udp</c>.</summary>
    public required string Protocol { get; init; }
    public required int Port { get; init; }
    public required int BackendPort { get; init; }
    /// <summary><c>none</c>, <c>source</c>, <c>source-protocol</c>.</summary>
    public required string Affinity { get; init; }
    /// <summary>Not for callers from outside.</summary>
    public required bool Internal { get; init; }
    /// <summary>Whether backends get packets with the address that was called.</summary>
    public required bool KeepsVip { get; init; }
}
