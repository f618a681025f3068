using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteNetlink
{
    /// <summary>Adds a neighbour.</summary>
    /// <param name="neighbour">The neighbour.</param>
    /// <exception cref="LinuxException">There is an entry for its address (EEXIST), or no such link (ENODEV).</exception>
    public void AddNeighbour(Neighbour neighbour) => Change(neighbour, static (batch, neighbour) => batch.AddNeighbour(neighbour));

    /// <summary>Adds a neighbour, or changes the entry for its address.</summary>
    /// <param name="neighbour">The neighbour.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV).</exception>
    public void ReplaceNeighbour(Neighbour neighbour) => Change(neighbour, static (batch, neighbour) => batch.ReplaceNeighbour(neighbour));

    /// <summary>Deletes the neighbour entry for an address.</summary>
    /// <param name="neighbour">Link and address; the rest does not count.</param>
    /// <returns>False if there is none.</returns>
    public bool DeleteNeighbour(Neighbour neighbour)
        => Remove(neighbour, static (batch, neighbour) => batch.DeleteNeighbour(neighbour), Errno.ENOENT, Errno.ENODEV);

    /// <summary>Lists neighbours.</summary>
    /// <param name="linkIndex">Index of the link, or null for all links.</param>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>; null for both.</param>
    /// <returns>The neighbours.</returns>
    public IReadOnlyList<Neighbour> ListNeighbours(int? linkIndex = null, AddressFamily? family = null)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETNEIGH, 0, "list neighbours", "");
        writer.WriteHeader(new ndmsg { ndm_family = KernelAddress.Family(family) });
        if (linkIndex is { } index)
            writer.Write(linux_neighbour.NDA_IFINDEX, index);
        writer.Complete();
        return _socket.Dump(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out Neighbour neighbour)
            => Neighbour.TryRead(message, out neighbour) && (linkIndex is null || neighbour.LinkIndex == linkIndex));
    }
}
