using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>
/// A pair of Ethernet links, what one sends the other receives. The peer can be born in another namespace, which is more than
/// ten times cheaper than moving it there.
/// </summary>
public sealed record VethSpec : LinkSpec
{
    /// <inheritdoc/>
    public override string Kind => "veth";

    /// <summary>The other end.</summary>
    public required VethPeerSpec Peer { get; init; }

    /// <summary>
    /// Layout of IFLA_INFO_DATA: VETH_INFO_PEER { ifinfomsg, link attributes }. IFF_UP of the peer is refused here (ENOTCONN: the pair is
    /// not joined yet), so it takes a second request.
    /// </summary>
    private protected override void WriteData(ref NetlinkWriter writer)
    {
        int peer = writer.BeginNest(linux_if_link.VETH_INFO_PEER);
        writer.WriteHeader(new ifinfomsg { ifi_index = Peer.Index ?? 0 });
        writer.WriteString(linux_if_link.IFLA_IFNAME, Peer.Name);
        WriteAttributes(ref writer, Peer.Mac, Peer.Mtu, Peer.Group, Peer.TxQueueLength, Peer.Namespace);
        WriteQueues(ref writer, Peer.TxQueues, Peer.RxQueues);
        writer.EndNest(peer);
    }
}
