using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>An Ethernet bridge.</summary>
public sealed record BridgeSpec : LinkSpec
{
    /// <inheritdoc/>
    public override string Kind => "bridge";

    /// <summary>Whether frames of a multicast group go only to ports that asked for it (IGMP and MLD snooping).</summary>
    public bool? MulticastSnooping { get; init; }

    /// <summary>Whether the spanning tree protocol runs.</summary>
    public bool? SpanningTree { get; init; }

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        if (MulticastSnooping is { } snooping)
            writer.Write(linux_if_link.IFLA_BR_MCAST_SNOOPING, (byte)(snooping ? 1 : 0));
        if (SpanningTree is { } tree)
            writer.Write(linux_if_link.IFLA_BR_STP_STATE, tree ? 1u : 0u);
    }
}
