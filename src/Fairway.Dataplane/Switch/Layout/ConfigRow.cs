using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>The one row of map <c>config</c>.</summary>
[CStruct("fw_config")]
[StructLayout(LayoutKind.Sequential)]
internal record struct ConfigRow
{
    /// <summary>SO_NETNS_COOKIE of the namespace that is the host.</summary>
    public ulong HostCookie;

    /// <summary>Grows after rules became stricter or routes changed: flows are then looked at again.</summary>
    public uint Epoch;

    /// <summary>Above 0, the switch reports drops and new flows.</summary>
    public uint Watchers;

    /// <summary>First source port of translated connections, host byte order.</summary>
    public ushort NatFirst;

    /// <summary>Last one.</summary>
    public ushort NatLast;

    /// <summary>Connections of one endpoint.</summary>
    public uint FlowQuota;

    /// <summary>Of these, not yet answered.</summary>
    public uint HalfOpenQuota;

    public uint Pad;
}
