namespace Fairway.Dataplane.Switch.Layout;

/// <summary>FW_NETWORK_* of <c>bpf/layout.h</c>.</summary>
[Flags]
internal enum NetworkFlags : uint
{
    None = 0,

    Live = 1,

    /// <summary>A way out through the host's uplinks.</summary>
    Nat = 2,

    /// <summary>Has a host vNIC.</summary>
    Host = 4,

    /// <summary>Has access rules.</summary>
    Policed = 8,

    /// <summary>Its endpoints are stations of the LAN behind an uplink.</summary>
    Segment = 16,

    /// <summary>Outside, all of them have the uplink's MAC.</summary>
    OneMac = 32,

    /// <summary>Whatever they send goes to the next hop first.</summary>
    Hairpin = 64,
    /// <summary>Other hosts have endpoints of it.</summary>
    Overlay = 128,

    /// <summary>Its endpoints reach every address of the host.</summary>
    HostRoute = 256,
}
