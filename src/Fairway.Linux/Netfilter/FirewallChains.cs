using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Netfilter;

/// <summary>Looks at the firewall of a network namespace without changing it.</summary>
public static class FirewallChains
{
    /// <summary>Lists the chains packets enter by themselves, of all families.</summary>
    /// <param name="networkNamespace">The namespace, or null for that of the calling thread.</param>
    /// <returns>The chains, in the kernel's order.</returns>
    /// <exception cref="LinuxException">The kernel has no nf_tables (EPROTONOSUPPORT, EINVAL), or it may not be asked (EPERM).</exception>
    public static IReadOnlyList<BaseChain> List(NetworkNamespace? networkNamespace = null)
    {
        using NetlinkSocket socket = networkNamespace is null
            ? NetlinkSocket.Open(NetlinkProtocol.Netfilter)
            : NetlinkSocket.Open(NetlinkProtocol.Netfilter, networkNamespace);
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_nf_tables.NFNL_SUBSYS_NFTABLES << 8 | linux_nf_tables.NFT_MSG_GETCHAIN, 0, "list", "nftables chains");
        writer.WriteHeader(new nfgenmsg { nfgen_family = linux_nf_tables.NFPROTO_UNSPEC, version = linux_nf_tables.NFNETLINK_V0 });
        writer.Complete();
        return socket.Dump<BaseChain>(request, BaseChain.TryRead);
    }
}
