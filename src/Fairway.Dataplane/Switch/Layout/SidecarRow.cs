using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>sidecars</c>, by port number: the proxy beside an endpoint's processes.</summary>
[CStruct("fw_sidecar")]
[StructLayout(LayoutKind.Sequential)]
internal struct SidecarRow
{
    public SidecarFlags Flags;

    /// <summary>Number of its set in <c>sidecar_prefixes</c>.</summary>
    public uint Set;

    public uint User;

    /// <summary>Network byte order.</summary>
    public ushort OutboundPort;

    /// <summary>Network byte order.</summary>
    public ushort InboundPort;

    public uint OutboundCount;

    public uint InboundCount;

    /// <summary>The proxy's address, none: the loopback's.</summary>
    public MappedAddress Outbound4;

    public MappedAddress Outbound6;

    public PortRanges OutboundRanges;

    public PortRanges InboundRanges;

    /// <summary>Ports: the first in the upper half, the last in the lower.</summary>
    [InlineArray(SwitchLimits.SidecarRanges)]
    internal struct PortRanges
    {
        private uint _first;
    }
}
