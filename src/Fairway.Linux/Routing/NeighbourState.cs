using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>State of a neighbour entry (<c>linux/neighbour.h</c>, NUD_*; RFC 4861 section 7.3.2).</summary>
[Flags]
public enum NeighbourState : ushort
{
    /// <summary>No state; multicast and the like.</summary>
    None = linux_neighbour.NUD_NONE,

    /// <summary>Asked for, no answer yet.</summary>
    Incomplete = linux_neighbour.NUD_INCOMPLETE,

    /// <summary>Known to work.</summary>
    Reachable = linux_neighbour.NUD_REACHABLE,

    /// <summary>Not confirmed lately.</summary>
    Stale = linux_neighbour.NUD_STALE,

    /// <summary>In use, about to be confirmed.</summary>
    Delay = linux_neighbour.NUD_DELAY,

    /// <summary>Being confirmed.</summary>
    Probe = linux_neighbour.NUD_PROBE,

    /// <summary>Did not answer.</summary>
    Failed = linux_neighbour.NUD_FAILED,

    /// <summary>Needs no resolution.</summary>
    NoArp = linux_neighbour.NUD_NOARP,

    /// <summary>Set by an administrator, never questioned.</summary>
    Permanent = linux_neighbour.NUD_PERMANENT,
}
