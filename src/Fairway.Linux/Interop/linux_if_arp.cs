namespace Fairway.Linux.Interop;

/// <summary>Link-layer types of devices.</summary>
[CHeader("linux/if_arp.h")]
internal static class linux_if_arp
{
    public const int ARPHRD_ETHER = 1;
    public const int ARPHRD_LOOPBACK = 772;
    public const int ARPHRD_NONE = 0xFFFE;
}
