using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteBatch
{
    private const ushort CreateNew = linux_netlink.NLM_F_CREATE | linux_netlink.NLM_F_EXCL;

    /// <summary>Creates a link; EEXIST if its name is taken.</summary>
    /// <param name="link">The link.</param>
    public void CreateLink(LinkSpec link)
    {
        ArgumentNullException.ThrowIfNull(link);
        NetlinkWriter writer = Requests.Begin(linux_rtnetlink.RTM_NEWLINK, CreateNew, "create link", link);
        link.Write(ref writer);
        writer.Complete();
    }

    /// <summary>Changes a link.</summary>
    /// <param name="link">The link; ENODEV if there is none.</param>
    /// <param name="change">What to change.</param>
    public void SetLink(LinkRef link, LinkChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        NetlinkWriter writer = Requests.Begin(linux_rtnetlink.RTM_SETLINK, 0, "change link", link);
        change.Write(ref writer, link);
        writer.Complete();
    }

    /// <summary>Deletes a link; ENODEV if there is none.</summary>
    /// <param name="link">The link.</param>
    public void DeleteLink(LinkRef link)
    {
        NetlinkWriter writer = Requests.Begin(linux_rtnetlink.RTM_DELLINK, 0, "delete link", link);
        writer.WriteHeader(new ifinfomsg { ifi_index = link.Index });
        link.WriteName(ref writer);
        writer.Complete();
    }

    /// <summary>Deletes all links of a group in one go, about as fast as one of them; ENODEV if the group is empty.</summary>
    /// <param name="group">The group; not 0, the group every link is in by default.</param>
    public void DeleteLinkGroup(uint group)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group);
        NetlinkWriter writer = Requests.Begin(linux_rtnetlink.RTM_DELLINK, 0, "delete link group", group);
        writer.WriteHeader(default(ifinfomsg));
        writer.Write(linux_if_link.IFLA_GROUP, group);
        writer.Complete();
    }

    /// <summary>Gives a link another name besides its own; EEXIST if the name is taken.</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">The name, 1 to 127 bytes.</param>
    public void AddAlternativeName(LinkRef link, string name)
        => ChangeAlternativeName(linux_rtnetlink.RTM_NEWLINKPROP, CreateNew | linux_netlink.NLM_F_APPEND, "add alternative name to link", link, name);

    /// <summary>Takes an alternative name away; ENOENT if the link does not have it.</summary>
    /// <param name="link">The link.</param>
    /// <param name="name">The name.</param>
    public void DeleteAlternativeName(LinkRef link, string name)
        => ChangeAlternativeName(linux_rtnetlink.RTM_DELLINKPROP, 0, "delete alternative name of link", link, name);

    private void ChangeAlternativeName(ushort type, ushort flags, string operation, LinkRef link, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        NetlinkWriter writer = Requests.Begin(type, flags, operation, link);
        writer.WriteHeader(new ifinfomsg { ifi_index = link.Index });
        link.WriteName(ref writer);
        int list = writer.BeginNest(linux_if_link.IFLA_PROP_LIST | linux_netlink.NLA_F_NESTED);
        writer.WriteString(linux_if_link.IFLA_ALT_IFNAME, name);
        writer.EndNest(list);
        writer.Complete();
    }
}
