using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;

namespace Fairway.Dataplane.Tests.Explain;

/// <summary>What the switch did with a packet.</summary>
/// <param name="Verdict">What.</param>
/// <param name="Detail">Port, network, device, reason or virtual subnet, by the verdict.</param>
/// <param name="Further">Last word of the other host's address.</param>
/// <param name="Frame">The frame as it left.</param>
internal sealed record SwitchOutcome(Verdict Verdict, uint Detail, uint Further, byte[] Frame)
{
    /// <summary>What it did before it met the packet again.</summary>
    public SwitchOutcome? First { get; init; }

    /// <summary>What it told those who watch: of drops, and of connections it keeps.</summary>
    public EventRecord? Report { get; init; }

    public DropReason Reason => Verdict == Verdict.Drop ? (DropReason)Detail : DropReason.None;

    public override string ToString() => $"{Verdict} {(Verdict == Verdict.Drop ? Reason : Detail)}{(First is null ? "" : $" after {First}")}";
}
