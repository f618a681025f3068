namespace Fairway.Linux.Interop;

/// <summary>Interface addresses.</summary>
[CHeader("linux/if_addr.h")]
internal static class linux_if_addr
{
    public const int IFA_ADDRESS = 1;
    public const int IFA_LOCAL = 2;
    public const int IFA_LABEL = 3;
    public const int IFA_BROADCAST = 4;
    public const int IFA_FLAGS = 8;
    public const int IFA_TARGET_NETNSID = 10;
    public const int IFA_F_TEMPORARY = 1;
    public const int IFA_F_NODAD = 2;
    public const int IFA_F_OPTIMISTIC = 4;
    public const int IFA_F_DADFAILED = 8;
    public const int IFA_F_DEPRECATED = 0x20;
    public const int IFA_F_TENTATIVE = 0x40;
    public const int IFA_F_PERMANENT = 0x80;
    public const int IFA_F_NOPREFIXROUTE = 0x200;
}
