using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>usage</c>: connections counted against a port.</summary>
[CStruct("fw_usage")]
[StructLayout(LayoutKind.Sequential)]
internal struct UsageRow
{
    public uint Flows;

    public uint HalfOpen;
}
