using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fairway.Torture.Tests.Access;

/// <summary>A certificate authority for a test, and certificates of it.</summary>
internal sealed class Authority : IDisposable
{
    private const string Server = "1.3.6.1.5.5.7.3.1", Client = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _certificate;

    public Authority(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    public string Pem => _certificate.ExportCertificatePem();

    public X509Certificate2 ForClient(int validForDays = 1) => Make(Client, DateTimeOffset.UtcNow.AddDays(Math.Min(-1, validForDays - 1)), DateTimeOffset.UtcNow.AddDays(validForDays));

    public X509Certificate2 ForServer() => Make(Server, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    public void Dispose() => _certificate.Dispose();

    private X509Certificate2 Make(string purpose, DateTimeOffset from, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(Machine.HostAddress4));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 bare = request.Create(_certificate, from, until, Guid.NewGuid().ToByteArray());
        using X509Certificate2 whole = bare.CopyWithPrivateKey(key);
        // From a file format, as OpenSSL wants keys that are sent along.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
