namespace Fairway.Cli.Output.Documents;

/// <summary>What would become of a packet, as <c>--output json</c> shows it.</summary>
internal sealed record ExplanationDocument
{
    /// <summary><c>Allowed</c>, <c>Dropped</c>, <c>Varies</c> or <c>NotSwitched</c>.</summary>
    public required string Verdict { get; init; }
    /// <summary>A drop reason as <c>monitor</c> shows it, or null.</summary>
    public required string? Reason { get; init; }
    public required string Summary { get; init; }
    public required string? Remedy { get; init; }
    public required ExplainEndDocument From { get; init; }
    public required ExplainEndDocument? To { get; init; }
    public required ExplainTupleDocument Packet { get; init; }
    /// <summary>The packet as it arrives, or null.</summary>
    public required ExplainTupleDocument? Delivered { get; init; }
    public required ExplainRuleDocument? OutRule { get; init; }
    public required ExplainRuleDocument? InRule { get; init; }
    public required ExplainRouteDocument? Route { get; init; }
    public required ExplainEncapsulationDocument? Encapsulation { get; init; }
    public required IReadOnlyList<ExplainBackendDocument> Backends { get; init; }
    public required IReadOnlyList<ExplainStepDocument> Steps { get; init; }
    public required long Revision { get; init; }
}
