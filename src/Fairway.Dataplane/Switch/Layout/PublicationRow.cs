using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>publications</c>: where a host port leads.</summary>
[CStruct("fw_publication")]
[StructLayout(LayoutKind.Sequential)]
internal record struct PublicationRow
{
    /// <summary>FW_PUBLICATION_FROM: only from the prefixes in <c>sources</c> under its number.</summary>
    public const uint From = 1;

    /// <summary>FW_PUBLICATION_BALANCED: leads to the backends of <c>balancers</c> under its number.</summary>
    public const uint Balanced = 2;

    /// <summary>FW_PUBLICATION_INTERNAL: not for callers from outside.</summary>
    public const uint Internal = 4;

    /// <summary>FW_PUBLICATION_BY_SOURCE: callers from one address get the same backend.</summary>
    public const uint BySource = 8;

    /// <summary>FW_PUBLICATION_BY_SOURCE_PROTOCOL: and this, for each transport protocol.</summary>
    public const uint BySourceProtocol = 16;

    /// <summary>FW_PUBLICATION_SOURCED: callers who are not of the backends' overlay network come from <see cref="Target"/>, an address of port <see cref="Port"/>.</summary>
    public const uint Sourced = 32;

    /// <summary>FW_PUBLICATION_KEPT: what is called keeps its destination address.</summary>
    public const uint Kept = 64;

    public uint Number;

    public uint Port;

    public uint Generation;

    public uint Network;

    public uint Flags;

    /// <summary>Network byte order.</summary>
    public ushort TargetPort;

    public ushort Pad;

    public MappedAddress Target;
}
