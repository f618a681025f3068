namespace Fairway.Linux.Interop;

/// <summary>IP protocol numbers, and options of IP sockets.</summary>
[CHeader("netinet/in.h")]
internal static class netinet_in
{
    public const int IPPROTO_IP = 0;
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_UDP = 17;
    public const int IPPROTO_IPV6 = 41;

    public const int IP_PKTINFO = 8;
    public const int IP_TRANSPARENT = 19;

    public const int IPV6_V6ONLY = 26;
    public const int IPV6_PKTINFO = 50;
    public const int IPV6_TRANSPARENT = 75;
}
