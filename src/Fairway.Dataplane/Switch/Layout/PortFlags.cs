namespace Fairway.Dataplane.Switch.Layout;

/// <summary>FW_PORT_* of <c>bpf/layout.h</c>.</summary>
[Flags]
internal enum PortFlags : uint
{
    None = 0,

    Live = 1,

    /// <summary>Carries the network's gateway addresses and answers DNS only.</summary>
    Resolver = 2,

    /// <summary>Its answers may belong to a publication: the switch looks at its flows first.</summary>
    Published = 4,

    /// <summary>Delivered to by redirect, not to the veth's peer: a tap, or an end in the host's own namespace.</summary>
    LinkLayer = 8,

    /// <summary>Has access rules of its own.</summary>
    Policed = 16,

    /// <summary>Its IPv4 address is the one a DHCP server gave it last.</summary>
    Leases = 32,

    /// <summary>Exchanges nothing with other endpoints of its network.</summary>
    Apart = 64,

    /// <summary>What it sends is held to its row in <c>limits</c>.</summary>
    Limited = 128,

    /// <summary>Its DHCP client is heard, and answered, by the daemon at the tap.</summary>
    Told = 256,

    /// <summary>Not open: its rows are being taken out, or are not all there yet.</summary>
    Closing = 512,

    /// <summary>FW_PORT_SOURCE: nobody stands there; load balancers call with its addresses.</summary>
    Source = 1024,
}
