namespace Fairway.Cli.Output.Documents;

/// <summary>A load balancer, as <c>--output json</c> shows it.</summary>
internal sealed record LoadBalancerDocument
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Its network, or null for any.</summary>
    public required string? Network { get; init; }
    /// <summary>Addresses it answers on; none for every address of the host.</summary>
    public required IReadOnlyList<string> Frontends { get; init; }
    public required IReadOnlyList<LoadBalancerPortDocument> Ports { get; init; }
    /// <summary>Its endpoints, as <c>NETWORK/NAME</c>.</summary>
    public required IReadOnlyList<string> Backends { get; init; }
    /// <summary>The endpoint of an overlay network as whom everybody calls who is not of that network, as <c>NETWORK/NAME</c>; null when nobody does.</summary>
    public required string? Source { get; init; }
    public required long Revision { get; init; }
}
