using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>Flags of an interface address (<c>linux/if_addr.h</c>, IFA_F_*).</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Secondary (IPv4), or temporary (IPv6, RFC 8981).</summary>
    Secondary = linux_if_addr.IFA_F_TEMPORARY,

    /// <summary>Usable at once, without duplicate address detection (IPv6).</summary>
    NoDad = linux_if_addr.IFA_F_NODAD,

    /// <summary>Usable while duplicate address detection runs.</summary>
    Optimistic = linux_if_addr.IFA_F_OPTIMISTIC,

    /// <summary>Somebody else has the address.</summary>
    DadFailed = linux_if_addr.IFA_F_DADFAILED,

    /// <summary>Past its preferred lifetime.</summary>
    Deprecated = linux_if_addr.IFA_F_DEPRECATED,

    /// <summary>Duplicate address detection still runs.</summary>
    Tentative = linux_if_addr.IFA_F_TENTATIVE,

    /// <summary>Has no lifetime.</summary>
    Permanent = linux_if_addr.IFA_F_PERMANENT,

    /// <summary>Brings no route to its prefix.</summary>
    NoPrefixRoute = linux_if_addr.IFA_F_NOPREFIXROUTE,
}
