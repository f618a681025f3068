using Fairway.Model.Flows;

namespace Fairway.Model.Explain;

/// <summary>A backend that may get the connection.</summary>
/// <param name="End">The endpoint.</param>
/// <param name="Delivered">The packet as it arrives there.</param>
/// <param name="Reason">Why that backend would not get it, or <see cref="DropReason.None"/>.</param>
/// <param name="Rule">The access rule that decided for it, or null.</param>
public sealed record ExplainBackend(ExplainEnd End, ExplainTuple Delivered, DropReason Reason, FlowRule? Rule);
