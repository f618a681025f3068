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
    /// <summary>Our links, and whether they are complete: true while they should stay as they are.</summary>
    private readonly Dictionary<int, bool> _ours = [];

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
        Route { LinkIndex: { } index } => !_ours.ContainsKey(index),
        TcFilter filter => happened.Kind == RouteEventKind.Removed && IsOurFilter(filter) && _ours.GetValueOrDefault(filter.LinkIndex, true),
        Qdisc qdisc => happened.Kind == RouteEventKind.Removed && qdisc.Kind is "clsact" or "ingress" && _ours.GetValueOrDefault(qdisc.LinkIndex, true),
        // Addresses, rules, routes of several ways, and events that were lost.
        _ => true,
    };

    private bool IsChangeOfInterest(Link link)
    {
        Note(link);
        if (_ours.TryGetValue(link.Index, out bool complete))
            return complete && !link.IsUp;
        return Instance.AnyMarkOf(link) is not { Kind: LinkKind.Endpoint or LinkKind.Resolver };
    }

    private bool IsRemovalOfInterest(Link link)
    {
        Note(link);
        return _ours.Remove(link.Index, out bool complete) ? complete : Instance.AnyMarkOf(link) is not { Kind: LinkKind.Endpoint or LinkKind.Resolver };
    }

    private void Note(Link link)
    {
        if (instance.IsLeftOver(link))
            _ours[link.Index] = false;
        else if (instance.MarkOf(link) is not null)
            _ours[link.Index] = true;
    }

    private bool IsOurFilter(TcFilter filter) => filter.Preference == Instance.FilterPreference && filter.Handle == instance.FilterHandle;
}
