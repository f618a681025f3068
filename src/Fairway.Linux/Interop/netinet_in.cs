namespace Fairway.Linux.Interop;

/// <summary>IP protocol numbers.</summary>
[CHeader("netinet/in.h")]
internal static class netinet_in
{
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_UDP = 17;
    public const int IPPROTO_IPV6 = 41;
    public const int IPV6_V6ONLY = 26;
}
