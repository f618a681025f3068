using System.Net.Sockets;
using Fairway.Client;
using Fairway.Linux;
using Fairway.Linux.Sockets;

namespace Fairway.Cni;

/// <summary>The way to the daemon without .NET's socket engine, whose start takes longer than the whole call.</summary>
internal static class DaemonConnection
{
    public static Stream Open(FairwayClientOptions options)
    {
        try
        {
            return UnixStream.Connect(options.SocketPath, options.Timeout);
        }
        catch (LinuxException e)
        {
            throw new SocketException((int)(e.Errno switch
            {
                Errno.EACCES => SocketError.AccessDenied,
                Errno.ECONNREFUSED => SocketError.ConnectionRefused,
                _ => SocketError.SocketError,
            }), e.Message);
        }
    }
}
