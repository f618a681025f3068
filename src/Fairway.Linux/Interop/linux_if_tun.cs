namespace Fairway.Linux.Interop;

/// <summary>TUN/TAP devices.</summary>
[CHeader("sys/ioctl.h", "linux/if_tun.h")]
internal static class linux_if_tun
{
    public const int IFF_TAP = 2;
    public const int IFF_NO_PI = 0x1000;
    public const int IFF_VNET_HDR = 0x4000;
    public const int IFF_MULTI_QUEUE = 256;
    public const int IFF_TUN_EXCL = 0x8000;

    public const int TUNSETIFF = 0x400454CA;

    public const int TUNSETPERSIST = 0x400454CB;

    public const int TUNSETOWNER = 0x400454CC;

    public const int TUNSETGROUP = 0x400454CE;

    public const int TUNSETOFFLOAD = 0x400454D0;

    public const int TUN_F_CSUM = 1;
    public const int TUN_F_TSO4 = 2;
    public const int TUN_F_TSO6 = 4;
}
