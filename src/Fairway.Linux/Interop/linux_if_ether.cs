namespace Fairway.Linux.Interop;

/// <summary>Ethernet protocol numbers.</summary>
[CHeader("linux/if_ether.h")]
internal static class linux_if_ether
{
    public const int ETH_P_ALL = 3;
    public const int ETH_P_IP = 0x0800;
}
