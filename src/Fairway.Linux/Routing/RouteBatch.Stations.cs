using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteBatch
{
    /// <summary>Has an Ethernet link receive the frames for one more address; EEXIST if it does already.</summary>
    /// <remarks>
    /// The hardware's filter takes the address; a link that has none becomes promiscuous while such addresses are there. They are listed by
    /// <c>bridge fdb show dev LINK</c> as "self permanent".
    /// </remarks>
    /// <param name="linkIndex">Index of the link.</param>
    /// <param name="mac">The address.</param>
    public void AddStation(int linkIndex, MacAddress mac) => WriteStation(linux_rtnetlink.RTM_NEWNEIGH, CreateNew, "add station to link", linkIndex, mac);

    /// <summary>Takes such an address away; ENOENT if it is not there.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <param name="mac">The address.</param>
    public void DeleteStation(int linkIndex, MacAddress mac) => WriteStation(linux_rtnetlink.RTM_DELNEIGH, 0, "delete station of link", linkIndex, mac);

    private void WriteStation(ushort type, ushort flags, string operation, int linkIndex, MacAddress mac)
    {
        NetlinkWriter writer = Requests.Begin(type, flags, operation, $"{mac} on link {linkIndex}");
        writer.WriteHeader(new ndmsg
        {
            ndm_family = sys_socket.AF_BRIDGE,
            ndm_ifindex = linkIndex,
            ndm_state = linux_neighbour.NUD_PERMANENT,
            ndm_flags = linux_neighbour.NTF_SELF,
        });
        writer.WriteMac(linux_neighbour.NDA_LLADDR, mac);
        writer.Complete();
    }
}
