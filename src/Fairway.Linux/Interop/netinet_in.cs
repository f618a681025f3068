namespace Fairway.Linux.Interop;

/// <summary>IP protocol numbers.</summary>
[CHeader("netinet/in.h")]
internal static class netinet_in
{
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_UDP = 17;
}
