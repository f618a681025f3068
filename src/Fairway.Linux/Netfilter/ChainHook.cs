using Fairway.Linux.Interop;

namespace Fairway.Linux.Netfilter;

/// <summary>Where in the stack a chain of the IP families stands (<c>linux/netfilter.h</c>, NF_INET_*). Other families number their hooks differently.</summary>
public enum ChainHook
{
    /// <summary>After reception, before routing.</summary>
    PreRouting = linux_nf_tables.NF_INET_PRE_ROUTING,

    /// <summary>To a process of the namespace.</summary>
    Input = linux_nf_tables.NF_INET_LOCAL_IN,

    /// <summary>Routed through the namespace.</summary>
    Forward = linux_nf_tables.NF_INET_FORWARD,

    /// <summary>From a process of the namespace.</summary>
    Output = linux_nf_tables.NF_INET_LOCAL_OUT,

    /// <summary>Before it is sent.</summary>
    PostRouting = linux_nf_tables.NF_INET_POST_ROUTING,

    /// <summary>Reception by a device.</summary>
    Ingress = linux_nf_tables.NF_INET_INGRESS,
}
