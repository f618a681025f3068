namespace Fairway.Linux.Interop;

/// <summary>Packet classifiers.</summary>
[CHeader("linux/pkt_cls.h")]
internal static class linux_pkt_cls
{
    public const int TCA_BPF_CLASSID = 3;
    public const int TCA_BPF_FD = 6;
    public const int TCA_BPF_NAME = 7;
    public const int TCA_BPF_FLAGS = 8;
    public const int TCA_BPF_TAG = 10;
    public const int TCA_BPF_ID = 11;
    public const int TCA_BPF_FLAG_ACT_DIRECT = 1;
}
