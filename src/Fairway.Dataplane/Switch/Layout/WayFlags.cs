namespace Fairway.Dataplane.Switch.Layout;

/// <summary>FW_WAY_* of <c>bpf/layout.h</c>.</summary>
[Flags]
internal enum WayFlags : uint
{
    None = 0,

    Translated = 1,

    Untranslated = 2,

    /// <summary>By the next hop, not as the host routes.</summary>
    Hop = 4,

    /// <summary>The next hop is on another host.</summary>
    Encapsulated = 8,
}
