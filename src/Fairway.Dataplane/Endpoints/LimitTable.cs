using Fairway.Dataplane.Links;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// How fast virtual machines may send: <c>limits</c>. A row is there before its port says that it is limited, and as long as it does: a limited port without a row
/// is closed.
/// </summary>
internal sealed class LimitTable(SwitchMaps maps)
{
    /// <summary>Writes the row of an endpoint that is limited. What was sent stays sent: another limit begins with the debts there are.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="same">Whether the port was this endpoint's before.</param>
    public void Write(EndpointPlan endpoint, bool same)
    {
        if (Wanted(endpoint) is { } limit)
            maps.Limits.Set(endpoint.Port, limit with { Until = same ? maps.Limits.Find(endpoint.Port)?.Until ?? 0 : 0 });
    }

    /// <summary>Removes the row of a port that was limited and is not any more.</summary>
    public void RemoveUnless(uint port, in PortRow now, in PortRow before)
    {
        if (before.Flags.HasFlag(PortFlags.Limited) && !now.Flags.HasFlag(PortFlags.Limited))
            maps.Limits.Remove(port);
    }

    /// <summary>Whether the row is what <see cref="Write"/> would write.</summary>
    public bool IsInPlace(EndpointPlan endpoint)
        => Wanted(endpoint) is not { } limit || maps.Limits.Find(endpoint.Port) is { } row && row with { Until = 0 } == limit;

    private static LimitRow? Wanted(EndpointPlan endpoint) => endpoint.VirtualNic is null ? null : RateLimits.OfMachine(endpoint.Bandwidth);
}
