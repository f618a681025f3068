using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteNetlink
{
    /// <summary>Adds an address.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="LinuxException">The link has it (EEXIST), or there is no such link (ENODEV).</exception>
    public void AddAddress(InterfaceAddress address) => Change(address, static (batch, address) => batch.AddAddress(address));

    /// <summary>Adds an address, or changes flags of the one that is there.</summary>
    /// <param name="address">The address.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV).</exception>
    public void ReplaceAddress(InterfaceAddress address) => Change(address, static (batch, address) => batch.ReplaceAddress(address));

    /// <summary>Deletes an address.</summary>
    /// <param name="address">Link, address and prefix length.</param>
    /// <returns>False if the link does not have it, or is not there.</returns>
    public bool DeleteAddress(InterfaceAddress address)
        => Remove(address, static (batch, address) => batch.DeleteAddress(address), Errno.EADDRNOTAVAIL, Errno.ENODEV);

    /// <summary>Lists addresses of both families.</summary>
    /// <param name="linkIndex">Index of the link, or null for all links.</param>
    /// <returns>The addresses; none if there is no such link.</returns>
    public IReadOnlyList<InterfaceAddress> ListAddresses(int? linkIndex = null)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETADDR, 0, "list addresses", "");
        writer.WriteHeader(new ifaddrmsg { ifa_index = (uint)(linkIndex ?? 0) });
        writer.Complete();
        try
        {
            return _socket.Dump(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out InterfaceAddress address)
                => InterfaceAddress.TryRead(message, out address) && (linkIndex is null || address.LinkIndex == linkIndex));
        }
        catch (LinuxException e) when (e.Errno == Errno.ENODEV)
        {
            return [];
        }
    }
}
