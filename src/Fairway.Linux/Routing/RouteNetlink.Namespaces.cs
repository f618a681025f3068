using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>
/// Other namespaces as seen from this one. A namespace numbers those it has links to; under such a number their links and addresses can be
/// read without going there.
/// </summary>
public sealed partial class RouteNetlink
{
    /// <summary>The number this namespace has for another one (RTM_GETNSID).</summary>
    /// <param name="networkNamespace">The other one.</param>
    /// <returns>The number, from 0; null if it has none yet. One is given when a link between the two is made.</returns>
    public int? FindNamespaceId(NetworkNamespace networkNamespace)
    {
        ArgumentNullException.ThrowIfNull(networkNamespace);
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETNSID, 0, "find number of namespace", networkNamespace);
        writer.WriteHeader(default(rtgenmsg));
        writer.Write(linux_net_namespace.NETNSA_FD, networkNamespace.Descriptor.Number);
        writer.Complete();
        return _socket.Request<NamespaceNumber>(request, NamespaceNumber.TryRead).Value;
    }

    /// <summary>Looks a link of another namespace up (IFLA_TARGET_NETNSID, Linux 4.16).</summary>
    /// <param name="index">Its index there.</param>
    /// <param name="namespaceId">The number this namespace has for the other one.</param>
    /// <returns>The link, or null if there is no such link or namespace.</returns>
    public Link? FindLink(int index, int namespaceId)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETLINK, 0, "find link of another namespace", index);
        writer.WriteHeader(new ifinfomsg { ifi_index = index });
        writer.Write(linux_if_link.IFLA_TARGET_NETNSID, namespaceId);
        WriteExtendedMask(ref writer);
        writer.Complete();
        NetlinkError error = _socket.Query<Link>(request, Link.TryRead, out Link? result);
        return error.Errno is Errno.None or Errno.ENODEV or Errno.EINVAL ? result : throw request.Error(0, error);
    }

    /// <summary>Lists the addresses of a link of another namespace (IFA_TARGET_NETNSID, Linux 4.20).</summary>
    /// <param name="index">Its index there.</param>
    /// <param name="namespaceId">The number this namespace has for the other one.</param>
    /// <returns>The addresses; none if there is no such link or namespace.</returns>
    public IReadOnlyList<InterfaceAddress> ListAddresses(int index, int namespaceId)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETADDR, 0, "list addresses of another namespace", "");
        writer.WriteHeader(new ifaddrmsg { ifa_index = (uint)index });
        writer.Write(linux_if_addr.IFA_TARGET_NETNSID, namespaceId);
        writer.Complete();
        try
        {
            return _socket.Dump(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out InterfaceAddress address)
                => InterfaceAddress.TryRead(message, out address) && address.LinkIndex == index);
        }
        catch (LinuxException e) when (e.Errno is Errno.ENODEV or Errno.EINVAL)
        {
            return [];
        }
    }

    private sealed record NamespaceNumber(int? Value)
    {
        /// <summary>Reads RTM_NEWNSID: rtgenmsg, then NETNSA_NSID.</summary>
        public static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out NamespaceNumber number)
        {
            number = null;
            if (message.Type != linux_rtnetlink.RTM_NEWNSID)
                return false;
            AttributeReader attributes = message.Attributes<rtgenmsg>();
            while (attributes.Read(out NetlinkAttribute attribute))
            {
                if (attribute.Type == linux_net_namespace.NETNSA_NSID)
                    number = new NamespaceNumber(attribute.AsInt32() is >= 0 and var value ? value : null);
            }
            return number is not null;
        }
    }
}
