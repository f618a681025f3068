using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>remotes</c>: where a prefix is.</summary>
[CStruct("fw_remote")]
[StructLayout(LayoutKind.Sequential)]
internal struct RemoteRow
{
    /// <summary>FW_REMOTE_ROUTED: frames carry the MACs of both hosts' routers.</summary>
    public const uint Routed = 1;

    public uint Flags;

    public uint VirtualSubnet;

    /// <summary>The other host.</summary>
    public MappedAddress Provider;

    /// <summary>This host's address towards it; none leaves it to the host's routes.</summary>
    public MappedAddress Local;

    public MacBytes Mac;

    public ushort Pad;
}
