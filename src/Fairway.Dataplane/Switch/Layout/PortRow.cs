using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>A row of map <c>ports</c>, by port number. Zeroes are a closed port.</summary>
[CStruct("fw_port")]
[StructLayout(LayoutKind.Sequential)]
internal struct PortRow
{
    public PortFlags Flags;

    /// <summary>Flows of an earlier owner of the number do not match.</summary>
    public uint Generation;

    public uint Network;

    /// <summary>Host side of the veth.</summary>
    public uint Ifindex;

    /// <summary>First address of the family, or none. Further ones stand in <c>addresses</c> only.</summary>
    public MappedAddress Address4;

    public MappedAddress Address6;

    public MacBytes Mac;

    public ushort Mtu;

    /// <summary>Number of its set in <c>ways</c>, or 0.</summary>
    public uint Ways;

    /// <summary>Connections it may have, when fewer than others; or 0.</summary>
    public uint FlowQuota;
}
