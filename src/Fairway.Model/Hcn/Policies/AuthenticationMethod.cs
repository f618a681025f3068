using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Settings of a way of authentication (HCN schema, AuthenticationPresharedKey and AuthenticationCertificate, 2.1).</summary>
public sealed record AuthenticationMethod : HcnObject
{
    /// <summary>The shared key.</summary>
    public string? Key { get; init; }
    /// <summary>Name of the certificate.</summary>
    public string? CertificateName { get; init; }
}
