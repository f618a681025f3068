using Fairway.Model.Flows;

namespace Fairway.Cli.Monitor;

/// <summary>Why a packet was dropped, for people.</summary>
internal static class ReasonText
{
    public static string Of(DropReason reason) => reason switch
    {
        DropReason.Malformed => "a header is cut short or contradicts itself",
        DropReason.PortClosed => "the endpoint is not attached, or has left",
        DropReason.SourceMac => "the source MAC is not the endpoint's",
        DropReason.SourceAddress => "the source address is not the endpoint's",
        DropReason.NoSuchEndpoint => "no endpoint of the network has this address",
        DropReason.Isolated => "another network, or outside, which this network does not reach",
        DropReason.Unpublished => "from outside, and this port is not published",
        DropReason.SourceNotAllowed => "published, but not for this source (--publish-from)",
        DropReason.Multicast => "broadcast or multicast, which this network does not carry",
        DropReason.RogueService => "an endpoint may not announce routes or serve DHCP",
        DropReason.NoRoute => "this host has no route there",
        DropReason.NoSourceAddress => "the way out has no address of this family",
        DropReason.NatPorts => "no source port is free towards this destination",
        DropReason.FlowQuota => "the endpoint has as many connections as it may",
        DropReason.HalfOpenQuota => "the endpoint has as many unanswered connections as it may",
        DropReason.UnknownFragment => "a later fragment whose first one was not seen",
        DropReason.TooBig => "larger than the way out allows; the sender was told",
        DropReason.TtlExpired => "its time to live ran out",
        DropReason.Protocol => "this protocol is not carried that way",
        DropReason.StaleFlow => "its connection belonged to an endpoint that left",
        DropReason.FlowTableFull => "this host has as many connections as it can hold",
        DropReason.NotDelivered => "the kernel refused to deliver it",
        DropReason.InvalidState => "it belongs to no connection and may not open one",
        DropReason.PolicyOut => "the sender's access rules do not allow it",
        DropReason.PolicyIn => "the receiver's access rules do not allow it",
        DropReason.Flood => "more broadcast or multicast than is copied in a second",
        DropReason.NoBackend => "the load balancer it is addressed to has no backend",
        DropReason.Tunnel => "from another host, which is not known to have the sender",
        DropReason.RateLimit => "the virtual machine sends faster than it may",
        _ => reason.ToString(),
    };
}
