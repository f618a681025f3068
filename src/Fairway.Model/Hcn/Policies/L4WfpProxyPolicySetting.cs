using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Redirection to a sidecar (HCN schema, L4WfpProxyPolicySetting, 2.5).</summary>
public sealed record L4WfpProxyPolicySetting : HcnObject
{
    /// <summary>Port for inbound traffic (2.11).</summary>
    public string? InboundProxyPort { get; init; }
    /// <summary>Port for outbound traffic (2.11).</summary>
    public string? OutboundProxyPort { get; init; }
    /// <summary>What is redirected.</summary>
    public FiveTuple? FilterTuple { get; init; }
    /// <summary>Account of the proxy, whose own traffic is exempt.</summary>
    public string? UserSID { get; init; }
    /// <summary>Exempt inbound traffic (2.14).</summary>
    public ProxyExceptions? InboundExceptions { get; init; }
    /// <summary>Exempt outbound traffic (2.14).</summary>
    public ProxyExceptions? OutboundExceptions { get; init; }
}
