using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>flows</c>: one direction of a connection.</summary>
[CStruct("fw_flow_key")]
[StructLayout(LayoutKind.Sequential)]
internal struct FlowKey
{
    /// <summary>Number of the network the packet came from; 0: from an uplink.</summary>
    public uint Scope;

    public MappedAddress Source;

    public MappedAddress Destination;

    /// <summary>Network byte order. ICMP echo: the identifier, in both.</summary>
    public ushort SourcePort;

    public ushort DestinationPort;

    public byte Protocol;

    public byte Pad;

    public ushort Pad2;
}
