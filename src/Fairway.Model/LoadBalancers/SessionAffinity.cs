namespace Fairway.Model.LoadBalancers;

/// <summary>Which connections get the same backend (HCN schema, LoadBalancerDistribution).</summary>
public enum SessionAffinity
{
    /// <summary>None: every connection is chosen for by itself (addresses, ports and protocol).</summary>
    None,
    /// <summary>Those from one address over one transport protocol.</summary>
    SourceAddressAndProtocol,
    /// <summary>Those from one address.</summary>
    SourceAddress,
}
