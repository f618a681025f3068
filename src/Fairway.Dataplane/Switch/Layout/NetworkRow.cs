using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>A row of map <c>networks</c>, by network number.</summary>
[CStruct("fw_network")]
[StructLayout(LayoutKind.Sequential)]
internal struct NetworkRow
{
    public NetworkFlags Flags;

    /// <summary>Index of the host vNIC.</summary>
    public uint HostIfindex;

    /// <summary>None when the network has no such family.</summary>
    public MappedAddress Gateway4;

    public MappedAddress Gateway6;

    public MacBytes GatewayMac;

    public ushort Mtu;

    /// <summary>The interface index of the uplink; on overlays, of the VXLAN device.</summary>
    public uint Uplink;

    public MacBytes UplinkMac;

    /// <summary>0: untagged.</summary>
    public ushort Vlan;
}
