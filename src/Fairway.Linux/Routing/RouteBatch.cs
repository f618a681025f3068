using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>
/// Changes of links, addresses, routes, rules, neighbours and traffic control, to be carried out together and in order with
/// <see cref="RouteNetlink.Send"/>: one system call instead of one for each. Keep it and <see cref="Clear"/> it to reuse its memory.
/// Not thread-safe. Namespaces and programs named in it must stay open until it is sent.
/// </summary>
public sealed partial class RouteBatch
{
    /// <summary>How many changes the batch holds.</summary>
    public int Count => Requests.Count;

    internal NetlinkBatch Requests { get; } = new();

    /// <summary>Forgets the changes and keeps the memory.</summary>
    public void Clear() => Requests.Clear();
}
