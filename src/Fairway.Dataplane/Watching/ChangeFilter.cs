using Fairway.Dataplane.Marks;
using Fairway.Linux.Events;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane.Watching;

/// <summary>
/// Tells what is worth looking again from what this daemon does all day: an attach alone makes a dozen events. It knows the daemon's
/// links by what their events say, the first of which comes before anything else that happens to them.
/// </summary>
internal sealed class ChangeFilter(Instance instance)
{
    /// <summary>Our links as they were last seen.</summary>
    private readonly Dictionary<int, Link> _ours = [];

    /// <summary>Takes note of the links that are there already.</summary>
    public void Begin(IEnumerable<Link> links)
    {
        foreach (Link link in links)
            Note(link);
    }

    public bool IsOfInterest(RouteEvent happened) => happened.Subject switch
    {
        Link link when happened.Kind == RouteEventKind.Removed => IsRemovalOfInterest(link),
        Link link => IsChangeOfInterest(link),
        Route { LinkIndex: { } index } => !_ours.ContainsKey(index) || (happened.Kind == RouteEventKind.Removed && ShouldStay(index)),
        TcFilter filter => happened.Kind == RouteEventKind.Removed && IsOurFilter(filter) && ShouldStay(filter.LinkIndex),
        Qdisc qdisc => happened.Kind == RouteEventKind.Removed && qdisc.Kind is "clsact" or "ingress" && ShouldStay(qdisc.LinkIndex),
        // Addresses, rules, routes of several ways, and events that were lost.
        _ => true,
    };

    private bool IsChangeOfInterest(Link link)
    {
        Link? before = _ours.GetValueOrDefault(link.Index);
        Note(link);
        if (_ours.ContainsKey(link.Index))
            return IsComplete(link) && (!link.IsUp || (before is not null && IsComplete(before) && !LooksAs(before, link)));
        return Instance.AnyMarkOf(link) is not { Kind: LinkKind.Endpoint or LinkKind.Resolver };
    }

    private bool IsRemovalOfInterest(Link link)
    {
        Note(link);
        return _ours.Remove(link.Index, out Link? last) ? IsComplete(last) : Instance.AnyMarkOf(link) is not { Kind: LinkKind.Endpoint or LinkKind.Resolver };
    }

    private void Note(Link link)
    {
        if (instance.IsLeftOver(link) || instance.MarkOf(link) is not null)
            _ours[link.Index] = link;
    }

    /// <summary>Whether a link should stay as it is: those of others always, ours from when they are complete until they are condemned.</summary>
    private bool ShouldStay(int index) => !_ours.TryGetValue(index, out Link? link) || IsComplete(link);

    private bool IsComplete(Link ours) => !instance.IsLeftOver(ours);

    private static bool LooksAs(Link before, Link now) => before.Name == now.Name && before.Mtu == now.Mtu && before.Mac == now.Mac;

    /// <summary>Who deletes all filters of a preference at once (<c>tc filter del dev X ingress</c>) is told of without a handle.</summary>
    private bool IsOurFilter(TcFilter filter) => filter.Preference == Instance.FilterPreference && (filter.Handle == instance.FilterHandle || filter.Handle == 0);
}
