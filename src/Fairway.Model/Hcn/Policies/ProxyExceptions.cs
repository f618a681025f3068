using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Traffic exempt from redirection (HCN schema, ProxyExceptions, 2.14).</summary>
public sealed record ProxyExceptions : HcnObject
{
    /// <summary>Addresses.</summary>
    public IReadOnlyList<string>? IpAddressExceptions { get; init; }
    /// <summary>Ports.</summary>
    public IReadOnlyList<string>? PortExceptions { get; init; }
}
