using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteNetlink
{
    /// <summary>Creates a link.</summary>
    /// <param name="link">The link.</param>
    /// <exception cref="LinuxException">The name is taken (EEXIST), or the kernel does not have the kind (EOPNOTSUPP).</exception>
    public void CreateLink(LinkSpec link) => Change(link, static (batch, link) => batch.CreateLink(link));

    /// <summary>Changes a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="change">What to change.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or the change is refused.</exception>
    public void SetLink(LinkRef link, LinkChange change)
        => Change((link, change), static (batch, state) => batch.SetLink(state.link, state.change));

    /// <summary>Deletes a link. This waits for the kernel to be sure that nobody uses it, 17 to 31 ms.</summary>
    /// <param name="link">The link.</param>
    /// <returns>False if there was no such link.</returns>
    /// <exception cref="LinuxException">The link cannot be deleted (EOPNOTSUPP: hardware).</exception>
    public bool DeleteLink(LinkRef link) => Remove(link, static (batch, link) => batch.DeleteLink(link), Errno.ENODEV);

    /// <summary>Deletes all links of a group in one go, about as fast as one of them. Other changes wait meanwhile.</summary>
    /// <param name="group">The group, not 0.</param>
    /// <returns>False if the group was empty.</returns>
    /// <exception cref="LinuxException">One of the links cannot be deleted (EOPNOTSUPP).</exception>
    public bool DeleteLinkGroup(uint group) => Remove(group, static (batch, group) => batch.DeleteLinkGroup(group), Errno.ENODEV);

    /// <summary>Gives a link another name besides its own.</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">The name, 1 to 127 bytes.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or the name is taken (EEXIST).</exception>
    public void AddAlternativeName(LinkRef link, string name)
        => Change((link, name), static (batch, state) => batch.AddAlternativeName(state.link, state.name));

    /// <summary>Takes an alternative name away.</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">The name.</param>
    /// <returns>False if there was no such link, or it did not have the name.</returns>
    public bool DeleteAlternativeName(LinkRef link, string name)
        => Remove((link, name), static (batch, state) => batch.DeleteAlternativeName(state.link, state.name), Errno.ENODEV, Errno.ENOENT);

    /// <summary>Looks a link up.</summary>
    /// <param name="link">Its index, name or alternative name.</param>
    /// <returns>The link, or null if there is none.</returns>
    public Link? FindLink(LinkRef link)
    {
        NetlinkBatch request = LinkRequest(link);
        NetlinkError error = _socket.Query<Link>(request, Link.TryRead, out Link? result);
        return error.Errno is Errno.None or Errno.ENODEV ? result : throw request.Error(0, error);
    }

    /// <summary>Looks a link up.</summary>
    /// <param name="link">Its index, name or alternative name.</param>
    /// <returns>The link.</returns>
    /// <exception cref="LinuxException">There is no such link (ENODEV).</exception>
    public Link GetLink(LinkRef link) => _socket.Request<Link>(LinkRequest(link), Link.TryRead);

    /// <summary>Lists links, in the order of their indices.</summary>
    /// <param name="filter">Which; all by default.</param>
    /// <returns>The links.</returns>
    public IReadOnlyList<Link> ListLinks(LinkFilter? filter = null)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETLINK, 0, "list links", "");
        writer.WriteHeader(default(ifinfomsg));
        WriteExtendedMask(ref writer);
        if (filter?.Master is { } master)
            writer.Write(linux_if_link.IFLA_MASTER, master);
        if (filter?.Kind is { } kind)
        {
            int info = writer.BeginNest(linux_if_link.IFLA_LINKINFO | linux_netlink.NLA_F_NESTED);
            writer.WriteString(linux_if_link.IFLA_INFO_KIND, kind);
            writer.EndNest(info);
        }
        writer.Complete();
        // Old kernels ignore what they cannot filter by.
        return _socket.Dump(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out Link link)
            => Link.TryRead(message, out link) && (filter is null || filter.Accepts(link)));
    }

    private static NetlinkBatch LinkRequest(LinkRef link)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETLINK, 0, "find link", link);
        writer.WriteHeader(new ifinfomsg { ifi_index = link.Index });
        link.WriteName(ref writer);
        WriteExtendedMask(ref writer);
        writer.Complete();
        return request;
    }

    /// <summary>Leaves out the IPv6 counters, which are half of a link's description. IFLA_STATS64 comes all the same.</summary>
    private static void WriteExtendedMask(ref NetlinkWriter writer)
        => writer.Write(linux_if_link.IFLA_EXT_MASK, (uint)linux_rtnetlink.RTEXT_FILTER_SKIP_STATS);
}
