using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Redirection to a proxy (HCN schema, L4ProxyPolicySetting). The schema and hcsshim spell the exceptions differently.</summary>
public sealed record L4ProxyPolicySetting : HcnObject
{
    /// <summary>Address or prefix whose connections are redirected.</summary>
    public string? IP { get; init; }
    /// <summary>Port whose connections are redirected.</summary>
    public string? Port { get; init; }
    /// <summary>Protocol to redirect.</summary>
    public ProtocolType? Protocol { get; init; }
    /// <summary>Prefixes not to redirect, as the schema spells it.</summary>
    public IReadOnlyList<string>? ExceptionList { get; init; }
    /// <summary>Prefixes not to redirect, as hcsshim spells it.</summary>
    public IReadOnlyList<string>? Exceptions { get; init; }
    /// <summary>Address and port of the proxy.</summary>
    public string? Destination { get; init; }
    /// <summary>Translate the source address.</summary>
    public bool? OutboundNat { get; init; }
}
