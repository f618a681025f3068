namespace Fairway.Model.Flows;

/// <summary>Why the switch dropped a packet. The same numbers as <c>enum fw_reason</c> in <c>bpf/layout.h</c>.</summary>
public enum DropReason : byte
{
    /// <summary>It was not dropped.</summary>
    None,
    /// <summary>A header is cut short or contradicts itself.</summary>
    Malformed,
    /// <summary>The port is not open: the daemon does not know it, or its endpoint left.</summary>
    PortClosed,
    /// <summary>The source MAC is not the endpoint's.</summary>
    SourceMac,
    /// <summary>The source address is not the endpoint's.</summary>
    SourceAddress,
    /// <summary>No endpoint of the network has the destination address.</summary>
    NoSuchEndpoint,
    /// <summary>The destination is another network, or the network has no way out.</summary>
    Isolated,
    /// <summary>From outside, to an endpoint, and neither published nor an answer.</summary>
    Unpublished,
    /// <summary>The publication does not admit this source (<c>--publish-from</c>).</summary>
    SourceNotAllowed,
    /// <summary>Broadcast or multicast, which the network does not carry.</summary>
    Multicast,
    /// <summary>Router advertisement, redirect or DHCP server message of an endpoint.</summary>
    RogueService,
    /// <summary>The host has no route to the destination.</summary>
    NoRoute,
    /// <summary>The uplink has no address of the family to translate to.</summary>
    NoSourceAddress,
    /// <summary>No source port is free towards this destination.</summary>
    NatPorts,
    /// <summary>The endpoint has as many connections as it may.</summary>
    FlowQuota,
    /// <summary>The endpoint has as many unanswered connections as it may.</summary>
    HalfOpenQuota,
    /// <summary>A later fragment whose first one was not seen.</summary>
    UnknownFragment,
    /// <summary>Larger than the way out allows; packet-too-big was sent.</summary>
    TooBig,
    /// <summary>Its time to live ran out.</summary>
    TtlExpired,
    /// <summary>A protocol the way does not carry.</summary>
    Protocol,
    /// <summary>Its connection belonged to an endpoint that left.</summary>
    StaleFlow,
    /// <summary>The host's flow table is full.</summary>
    FlowTableFull,
    /// <summary>The kernel refused to deliver it.</summary>
    NotDelivered,
    /// <summary>It belongs to no connection and may not open one.</summary>
    InvalidState,
    /// <summary>The sender's access rules, or its network's, do not allow it.</summary>
    PolicyOut,
    /// <summary>The receiver's access rules, or its network's, do not allow it.</summary>
    PolicyIn,
    /// <summary>More broadcast and multicast than is copied to the endpoints of a LAN in a second.</summary>
    Flood,
    /// <summary>The load balancer it is addressed to has no backend.</summary>
    NoBackend,
    /// <summary>From another host, and that host is not known to have the sender.</summary>
    Tunnel,
    /// <summary>The virtual machine sends faster than it may.</summary>
    RateLimit,
}
