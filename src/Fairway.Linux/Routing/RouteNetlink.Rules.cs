using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteNetlink
{
    /// <summary>Adds a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="LinuxException">There is the same one (EEXIST).</exception>
    public void AddRule(RoutingRule rule) => Change(rule, static (batch, rule) => batch.AddRule(rule));

    /// <summary>Deletes the first rule that has everything this one says.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>False if there is none.</returns>
    public bool DeleteRule(RoutingRule rule) => Remove(rule, static (batch, rule) => batch.DeleteRule(rule), Errno.ENOENT);

    /// <summary>Lists rules in the order they are tried.</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>; null for both.</param>
    /// <returns>The rules.</returns>
    public IReadOnlyList<RoutingRule> ListRules(AddressFamily? family = null)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETRULE, 0, "list rules", "");
        writer.WriteHeader(new fib_rule_hdr { family = KernelAddress.Family(family) });
        writer.Complete();
        return _socket.Dump<RoutingRule>(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out RoutingRule rule)
            => RoutingRule.TryRead(message, out rule));
    }
}
