using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Links;

/// <summary>
/// Makes the veth pairs that join namespaces to the switch. A pair is born in the group of the unfinished and leaves it when all is in
/// place, so that a daemon that died half-way leaves nothing that looks complete.
/// </summary>
internal sealed class VethPorts(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch)
{
    // One queue each way: the default is one per CPU, each of them an object in sysfs that takes time to make; veth takes no lock to send.
    private const uint Queues = 1;

    /// <summary>Makes a pair, its second end inside a namespace (null: the host's), both down.</summary>
    /// <exception cref="LinuxException">A name is taken (EEXIST).</exception>
    public VethEnds Create(string hostLink, string insideLink, Model.Addressing.MacAddress mac, int mtu, NetworkNamespace? space)
    {
        host.Changes.CreateLink(new VethSpec
        {
            Name = hostLink,
            Mtu = (uint)mtu,
            Group = instance.UnbornGroup,
            TxQueues = Queues,
            RxQueues = Queues,
            Peer = new VethPeerSpec
            {
                Name = insideLink,
                Mac = new MacAddress(mac.Value),
                Mtu = (uint)mtu,
                TxQueues = Queues,
                RxQueues = Queues,
                Namespace = space,
            },
        });
        // A pair without its peer's index is one whose namespace ended in this very moment.
        if (host.Changes.FindLink(hostLink) is { LinkedIndex: { } peer } made)
            return new VethEnds(made.Index, peer);
        host.Deletions.DeleteLink(hostLink);
        throw new LinuxException(Errno.ENODEV, "find both ends of link", hostLink);
    }

    /// <summary>
    /// Finishes the host side: mark, filter, up. It comes up before the inside does, so that the pair carries packets from the moment the
    /// inside is up, and not only when the kernel's deferred work has seen the carrier.
    /// </summary>
    public void Finish(VethEnds ends, LinkMark mark, uint port)
    {
        var batch = new RouteBatch();
        batch.AddAlternativeName(ends.Host, mark.ToString());
        batch.AddIngress(ends.Host);
        batch.AddBpfFilter(virtualSwitch.EndpointFilter(ends.Host, port));
        HostSide.KeepSilent(batch, ends.Host);
        batch.SetLink(ends.Host, new LinkChange { Up = true, Group = 0 });
        host.Changes.Execute(batch);
    }

    /// <summary>
    /// Once both ends are up: has the kernel notice the host side's carrier now. Until it has, the host side sends nothing, and it does so in its
    /// own time; asking for the link makes it do so at once (Linux 6.8).
    /// </summary>
    public void SettleCarrier(VethEnds ends) => _ = host.Changes.FindLink(ends.Host);
}
