namespace Fairway.Linux.Interop;

/// <summary>Numbers that one namespace gives to others.</summary>
[CHeader("linux/net_namespace.h")]
internal static class linux_net_namespace
{
    public const int NETNSA_NSID = 1;
    public const int NETNSA_FD = 3;
}
