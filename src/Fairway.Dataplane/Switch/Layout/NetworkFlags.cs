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
}
