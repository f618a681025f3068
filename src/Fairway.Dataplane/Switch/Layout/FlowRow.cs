using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>flows</c>: what happens to packets of the direction.</summary>
[CStruct("fw_flow")]
[StructLayout(LayoutKind.Sequential)]
internal struct FlowRow
{
    /// <summary>FW_FLOW_*.</summary>
    public uint Flags;

    public uint Epoch;

    /// <summary>Port whose quota it counts against.</summary>
    public uint Owner;

    /// <summary>0: from an uplink.</summary>
    public uint InPort;

    public uint InGeneration;

    /// <summary>Port number or interface index of the way out.</summary>
    public uint Out;

    public uint OutGeneration;

    /// <summary>Number of the publication, or 0.</summary>
    public uint Publication;

    /// <summary>Seconds of CLOCK_MONOTONIC, coarse.</summary>
    public uint Seen;

    /// <summary>Of the way out.</summary>
    public ushort Mtu;

    public ushort Pad;

    /// <summary>What the packet leaves with, network byte order.</summary>
    public ushort SourcePort;

    public ushort DestinationPort;

    public MappedAddress Source;

    public MappedAddress Destination;

    /// <summary>Scope of the other direction's key.</summary>
    public uint TwinScope;

    /// <summary>The access rule that no longer allows it.</summary>
    public RuleReference Rule;
}
