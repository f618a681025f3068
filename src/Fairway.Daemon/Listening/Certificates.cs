using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fairway.Api.Access;
using Fairway.Daemon.Arguments;
using Fairway.Model.Errors;

namespace Fairway.Daemon.Listening;

/// <summary>Reads the certificates the options name.</summary>
internal static class Certificates
{
    /// <summary>What is needed to listen on TCP, or null when nobody asked for it.</summary>
    /// <exception cref="FairwayException">InvalidArgument: a file cannot be read, or holds something else.</exception>
    public static RemoteAccess? Read(DaemonOptions options)
    {
        if (options.Listen is not { } address) return null;
        var own = Read(options.TlsCertificate!, path => X509Certificate2.CreateFromPemFile(path, options.TlsKey));
        var authorities = new X509Certificate2Collection();
        _ = Read(options.TlsClients!, path =>
        {
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0 ? path : throw new CryptographicException("it holds no certificate");
        });
        return new RemoteAccess(address, own, authorities);
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception cause) when (cause is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new FairwayException(ErrorKind.InvalidArgument, path, $"read certificate '{path}': {cause.Message}; give a PEM file that root can read", inner: cause);
        }
    }
}
