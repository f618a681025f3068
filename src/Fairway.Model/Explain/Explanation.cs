using System.Collections.Immutable;
using Fairway.Model.Collections;
using Fairway.Model.Flows;

namespace Fairway.Model.Explain;

/// <summary>What would become of the first packet of a connection, layer by layer. Nothing is sent.</summary>
public sealed record Explanation
{
    /// <summary>What becomes of it.</summary>
    public required ExplainVerdict Verdict { get; init; }
    /// <summary>Why it is dropped; <see cref="DropReason.None"/> otherwise.</summary>
    public required DropReason Reason { get; init; }
    /// <summary>The verdict in one sentence.</summary>
    public required string Summary { get; init; }
    /// <summary>What to do about a denial, or null.</summary>
    public string? Remedy { get; init; }
    /// <summary>Who sends.</summary>
    public required ExplainEnd From { get; init; }
    /// <summary>Who gets it, or would; null when nobody has the address, and for all of a load balancer's backends.</summary>
    public ExplainEnd? To { get; init; }
    /// <summary>The packet as it is sent.</summary>
    public required ExplainTuple Packet { get; init; }
    /// <summary>The packet as it arrives; null when it does not, and where it depends on the backend.</summary>
    public ExplainTuple? Delivered { get; init; }
    /// <summary>The access rule of the sender's side that decided, or null when none was asked.</summary>
    public FlowRule? OutRule { get; init; }
    /// <summary>The access rule of the receiver's side that decided, or null when none was asked.</summary>
    public FlowRule? InRule { get; init; }
    /// <summary>How it leaves this host, or null when it does not.</summary>
    public ExplainRoute? Route { get; init; }
    /// <summary>What it travels to another host in, or null.</summary>
    public ExplainEncapsulation? Encapsulation { get; init; }
    /// <summary>The layers, in order, up to the one that ended its way.</summary>
    public ImmutableArray<ExplainStep> Steps { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Backends of the load balancer it is addressed to.</summary>
    public ImmutableArray<ExplainBackend> Backends { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The revision of the store that was explained.</summary>
    public long Revision { get; init; }
}
