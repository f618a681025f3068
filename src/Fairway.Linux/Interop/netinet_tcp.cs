namespace Fairway.Linux.Interop;

/// <summary>TCP socket states.</summary>
[CHeader("netinet/tcp.h")]
internal static class netinet_tcp
{
    public const int TCP_ESTABLISHED = 1;
    public const int TCP_CLOSE = 7;
    public const int TCP_LISTEN = 10;
}
