using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>statistics</c>, one for each CPU. "In" is towards the endpoint.</summary>
[CStruct("fw_statistics")]
[StructLayout(LayoutKind.Sequential)]
internal struct StatisticsRow
{
    public ulong PacketsOut;

    public ulong BytesOut;

    public ulong PacketsIn;

    public ulong BytesIn;

    public ulong DropsOut;

    public ulong DropsIn;
}
