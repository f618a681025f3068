using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>Operational state of a link (RFC 2863, <c>linux/if.h</c>).</summary>
public enum OperationalState : byte
{
    /// <summary>The driver does not tell; tunnels and loopback are in this state while they work.</summary>
    Unknown = linux_if.IF_OPER_UNKNOWN,

    /// <summary>Some component is missing.</summary>
    NotPresent = linux_if.IF_OPER_NOTPRESENT,

    /// <summary>Down.</summary>
    Down = linux_if.IF_OPER_DOWN,

    /// <summary>The link underneath is down.</summary>
    LowerLayerDown = linux_if.IF_OPER_LOWERLAYERDOWN,

    /// <summary>Under test.</summary>
    Testing = linux_if.IF_OPER_TESTING,

    /// <summary>Waiting for an event, such as authentication.</summary>
    Dormant = linux_if.IF_OPER_DORMANT,

    /// <summary>Up.</summary>
    Up = linux_if.IF_OPER_UP,
}
