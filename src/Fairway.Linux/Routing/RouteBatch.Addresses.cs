using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteBatch
{
    /// <summary>Adds an address; EEXIST if the link has it.</summary>
    /// <param name="address">The address.</param>
    public void AddAddress(InterfaceAddress address) => WriteAddress(linux_rtnetlink.RTM_NEWADDR, CreateNew, "add address", address);

    /// <summary>Adds an address, or changes flags of the one that is there.</summary>
    /// <param name="address">The address.</param>
    public void ReplaceAddress(InterfaceAddress address)
        => WriteAddress(linux_rtnetlink.RTM_NEWADDR, linux_netlink.NLM_F_CREATE | linux_netlink.NLM_F_REPLACE, "replace address", address);

    /// <summary>Deletes an address; EADDRNOTAVAIL if the link does not have it.</summary>
    /// <param name="address">The address.</param>
    public void DeleteAddress(InterfaceAddress address) => WriteAddress(linux_rtnetlink.RTM_DELADDR, 0, "delete address", address);

    private void WriteAddress(ushort type, ushort flags, string operation, InterfaceAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        NetlinkWriter writer = Requests.Begin(type, flags, operation, address);
        address.Write(ref writer);
        writer.Complete();
    }
}
