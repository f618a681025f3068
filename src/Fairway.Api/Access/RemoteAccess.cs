using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fairway.Api.Access;

/// <summary>The API over TCP: TLS 1.2 or newer, and only for clients with a certificate of a given authority. The API is root-equivalent, and so is that certificate.</summary>
public sealed class RemoteAccess : IDisposable
{
    /// <summary>Extended key usage of a client (RFC 5280, 4.2.1.12).</summary>
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _authorities;

    /// <param name="address">Where to listen.</param>
    /// <param name="certificate">The server's own certificate, with its key.</param>
    /// <param name="authorities">Whose certificates clients have.</param>
    public RemoteAccess(IPEndPoint address, X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        Address = address;
        Certificate = certificate;
        _authorities = authorities;
    }

    public IPEndPoint Address { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>Whether a client's certificate is of one of the authorities, valid now, and meant for clients. Names do not matter, and nothing is fetched to find out.</summary>
    public bool Admits(X509Certificate2 client, X509Chain? presented, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        if (presented is not null)
        {
            foreach (var element in presented.ChainElements)
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) && chain.Build(client);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var authority in _authorities) authority.Dispose();
    }
}
