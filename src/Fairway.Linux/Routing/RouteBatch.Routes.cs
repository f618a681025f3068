using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteBatch
{
    /// <summary>Adds a route; EEXIST if there is one with the same destination, table and metric.</summary>
    /// <param name="route">The route.</param>
    public void AddRoute(Route route) => WriteRoute(linux_rtnetlink.RTM_NEWROUTE, CreateNew, "add route", route);

    /// <summary>Adds a route in place of the one with the same destination, table and metric, if there is one.</summary>
    /// <param name="route">The route.</param>
    public void ReplaceRoute(Route route)
        => WriteRoute(linux_rtnetlink.RTM_NEWROUTE, linux_netlink.NLM_F_CREATE | linux_netlink.NLM_F_REPLACE, "replace route", route);

    /// <summary>Deletes the first route that has everything this one says; ESRCH if there is none.</summary>
    /// <param name="route">The route.</param>
    public void DeleteRoute(Route route) => WriteRoute(linux_rtnetlink.RTM_DELROUTE, 0, "delete route", route);

    /// <summary>Adds a rule; EEXIST if there is the same one.</summary>
    /// <param name="rule">The rule.</param>
    public void AddRule(RoutingRule rule) => WriteRule(linux_rtnetlink.RTM_NEWRULE, CreateNew, "add rule", rule);

    /// <summary>Deletes the first rule that has everything this one says; ENOENT if there is none.</summary>
    /// <param name="rule">The rule.</param>
    public void DeleteRule(RoutingRule rule) => WriteRule(linux_rtnetlink.RTM_DELRULE, 0, "delete rule", rule);

    /// <summary>Adds a neighbour; EEXIST if there is an entry for its address.</summary>
    /// <param name="neighbour">The neighbour.</param>
    public void AddNeighbour(Neighbour neighbour) => WriteNeighbour(linux_rtnetlink.RTM_NEWNEIGH, CreateNew, "add neighbour", neighbour);

    /// <summary>Adds a neighbour, or changes the entry for its address.</summary>
    /// <param name="neighbour">The neighbour.</param>
    public void ReplaceNeighbour(Neighbour neighbour)
        => WriteNeighbour(linux_rtnetlink.RTM_NEWNEIGH, linux_netlink.NLM_F_CREATE | linux_netlink.NLM_F_REPLACE, "replace neighbour", neighbour);

    /// <summary>Deletes the neighbour entry for an address; ENOENT if there is none.</summary>
    /// <param name="neighbour">Link and address; the rest does not count.</param>
    public void DeleteNeighbour(Neighbour neighbour) => WriteNeighbour(linux_rtnetlink.RTM_DELNEIGH, 0, "delete neighbour", neighbour);

    private void WriteRoute(ushort type, ushort flags, string operation, Route route)
    {
        ArgumentNullException.ThrowIfNull(route);
        NetlinkWriter writer = Requests.Begin(type, flags, operation, route);
        route.Write(ref writer, forDeletion: type == linux_rtnetlink.RTM_DELROUTE);
        writer.Complete();
    }

    private void WriteRule(ushort type, ushort flags, string operation, RoutingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        NetlinkWriter writer = Requests.Begin(type, flags, operation, rule);
        rule.Write(ref writer);
        writer.Complete();
    }

    private void WriteNeighbour(ushort type, ushort flags, string operation, Neighbour neighbour)
    {
        ArgumentNullException.ThrowIfNull(neighbour);
        NetlinkWriter writer = Requests.Begin(type, flags, operation, neighbour);
        neighbour.Write(ref writer);
        writer.Complete();
    }
}
