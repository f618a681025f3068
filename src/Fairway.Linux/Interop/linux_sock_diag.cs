namespace Fairway.Linux.Interop;

/// <summary>Socket diagnostics.</summary>
[CHeader("linux/sock_diag.h", "linux/inet_diag.h")]
internal static class linux_sock_diag
{
    public const int SOCK_DIAG_BY_FAMILY = 20;
    public const int SOCK_DESTROY = 21;

    public const int INET_DIAG_SKV6ONLY = 11;
}
