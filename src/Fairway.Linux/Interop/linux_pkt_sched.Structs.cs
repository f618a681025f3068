using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

[CHeader("linux/pkt_sched.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct tc_ratespec
{
    public byte cell_log;
    public byte linklayer;
    public ushort overhead;
    public short cell_align;
    public ushort mpu;
    public uint rate;
}

[CHeader("linux/pkt_sched.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct tc_tbf_qopt
{
    public tc_ratespec rate;
    public tc_ratespec peakrate;
    public uint limit;
    public uint buffer;
    public uint mtu;
}
