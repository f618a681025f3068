namespace Fairway.Linux.Interop;

/// <summary>Queueing disciplines.</summary>
[CHeader("linux/pkt_sched.h")]
internal static class linux_pkt_sched
{
    public const uint TC_H_ROOT = 0xFFFFFFFF;
    public const uint TC_H_CLSACT = 0xFFFFFFF1;
    public const int TC_H_MIN_INGRESS = 0xFFF2;
    public const int TC_H_MIN_EGRESS = 0xFFF3;
    public const int TC_LINKLAYER_ETHERNET = 1;

    public const int TCA_TBF_PARMS = 1;
    public const int TCA_TBF_RATE64 = 4;
    public const int TCA_TBF_BURST = 6;
}
