using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>A record of ring buffer <c>events</c>.</summary>
[CStruct("fw_event")]
[StructLayout(LayoutKind.Sequential)]
internal struct EventRecord
{
    /// <summary>Nanoseconds, CLOCK_MONOTONIC.</summary>
    public ulong Time;

    /// <summary>FW_EVENT_*, the values of <see cref="Model.Flows.FlowEventKind"/>.</summary>
    public byte Kind;

    /// <summary>enum fw_reason, the values of <see cref="Model.Flows.DropReason"/>.</summary>
    public byte Reason;

    public byte Protocol;

    public byte Pad;

    /// <summary>0: none.</summary>
    public uint Network;

    /// <summary>0: host or uplink.</summary>
    public uint InPort;

    /// <summary>0: host, uplink or unknown.</summary>
    public uint OutPort;

    /// <summary>Network byte order.</summary>
    public ushort SourcePort;

    public ushort DestinationPort;

    /// <summary>Bytes of the packet.</summary>
    public uint Length;

    /// <summary>Events this CPU did not send since its last one.</summary>
    public uint Missed;

    /// <summary>Host byte order.</summary>
    public ushort EtherType;

    public ushort Pad2;

    public MappedAddress Source;

    public MappedAddress Destination;

    /// <summary>The access rule of the sender that decided.</summary>
    public RuleReference OutRule;

    /// <summary>The access rule of the receiver that decided.</summary>
    public RuleReference InRule;
}
