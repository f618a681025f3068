using System.Collections.Immutable;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain;

/// <summary>How a way ends.</summary>
/// <param name="Verdict">What became of the packet.</param>
/// <param name="Summary">The same in a sentence.</param>
internal sealed record Ending(ExplainVerdict Verdict, string Summary)
{
    public DropReason Reason { get; init; }

    public string? Remedy { get; init; }

    public ExplainEnd? To { get; init; }

    public ExplainTuple? Delivered { get; init; }

    public FlowRule? InRule { get; init; }

    public ImmutableArray<ExplainBackend> Backends { get; init; } = [];
}
