using Fairway.Dataplane.Host;
using Fairway.Dataplane.Switch;
using Fairway.Linux;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Links;

/// <summary>What every host-side link of an endpoint has, veth or tap.</summary>
internal static class HostSide
{
    /// <summary>Brings an existing link to where it should be: filter, no addresses, up.</summary>
    public static void Equip(HostNetlink host, VirtualSwitch virtualSwitch, int link, uint port, int mtu)
    {
        var batch = new RouteBatch();
        batch.AddIngress(link);
        batch.ReplaceBpfFilter(virtualSwitch.EndpointFilter(link, port));
        KeepSilent(batch, link);
        batch.SetLink(link, new LinkChange { Up = true, Group = 0, Mtu = (uint)mtu });
        foreach (BatchFailure failure in host.Changes.Send(batch))
        {
            // Somebody gave the link a clsact, whose ingress side serves as well.
            if (failure is not { Index: 0, Error.Errno: Errno.EINVAL })
                throw failure.Error;
        }
    }

    /// <summary>No link-local address, and with it no router solicitation and no duplicate address detection.</summary>
    public static void KeepSilent(RouteBatch batch, int link)
    {
        if (KernelIpv6.IsPresent)
            batch.SetLink(link, new LinkChange { AddressGeneration = AddressGenerationMode.None });
    }
}
