using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>publications</c>: where a host port leads.</summary>
[CStruct("fw_publication")]
[StructLayout(LayoutKind.Sequential)]
internal record struct PublicationRow
{
    /// <summary>FW_PUBLICATION_FROM: only from the prefixes in <c>sources</c> under its number.</summary>
    public const uint From = 1;

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
