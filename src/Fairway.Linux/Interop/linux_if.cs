namespace Fairway.Linux.Interop;

/// <summary>Interface flags and operational states.</summary>
[CHeader("linux/if.h")]
internal static class linux_if
{
    public const int IFNAMSIZ = 16;

    public const int ALTIFNAMSIZ = 128;

    public const int IFF_UP = 1;
    public const int IFF_BROADCAST = 2;
    public const int IFF_LOOPBACK = 8;
    public const int IFF_POINTOPOINT = 16;
    public const int IFF_RUNNING = 64;
    public const int IFF_NOARP = 128;
    public const int IFF_PROMISC = 256;
    public const int IFF_ALLMULTI = 512;
    public const int IFF_SLAVE = 0x800;
    public const int IFF_MULTICAST = 0x1000;
    public const int IFF_LOWER_UP = 0x10000;

    public const int IF_OPER_UNKNOWN = 0;
    public const int IF_OPER_NOTPRESENT = 1;
    public const int IF_OPER_DOWN = 2;
    public const int IF_OPER_LOWERLAYERDOWN = 3;
    public const int IF_OPER_TESTING = 4;
    public const int IF_OPER_DORMANT = 5;
    public const int IF_OPER_UP = 6;
}
