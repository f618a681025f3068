namespace Fairway.Cli.Output.Documents;

/// <summary>An access rule, as <c>--output json</c> shows it. Empty lists match everything.</summary>
internal sealed record RuleDocument
{
    public required uint Number { get; init; }
    /// <summary>What it is called, or null.</summary>
    public required string? Id { get; init; }
    /// <summary><c>Acl</c>, <c>TierAcl</c> or <c>NetworkAcl</c>.</summary>
    public required string Policy { get; init; }
    public required string? Tier { get; init; }
    public required int Order { get; init; }
    /// <summary><c>in</c> or <c>out</c>.</summary>
    public required string Direction { get; init; }
    /// <summary><c>allow</c>, <c>block</c> or <c>pass</c>.</summary>
    public required string Action { get; init; }
    public required int Priority { get; init; }
    public required string Protocols { get; init; }
    public required string LocalAddresses { get; init; }
    public required string RemoteAddresses { get; init; }
    public required string LocalPorts { get; init; }
    public required string RemotePorts { get; init; }
    public required string IcmpTypes { get; init; }
}
