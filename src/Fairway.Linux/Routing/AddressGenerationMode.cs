using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>How a link makes its IPv6 link-local address (<c>linux/if_link.h</c>, IN6_ADDR_GEN_MODE_*).</summary>
public enum AddressGenerationMode : byte
{
    /// <summary>From the Ethernet address.</summary>
    Eui64 = linux_if_link.IN6_ADDR_GEN_MODE_EUI64,

    /// <summary>Not at all.</summary>
    None = linux_if_link.IN6_ADDR_GEN_MODE_NONE,

    /// <summary>From a secret of the namespace (RFC 7217).</summary>
    StablePrivacy = linux_if_link.IN6_ADDR_GEN_MODE_STABLE_PRIVACY,

    /// <summary>From a secret made up for the link.</summary>
    Random = linux_if_link.IN6_ADDR_GEN_MODE_RANDOM,
}
