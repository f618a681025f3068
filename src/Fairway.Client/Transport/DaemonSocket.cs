using System.Net.Sockets;
using Fairway.Model.Errors;

namespace Fairway.Client.Transport;

/// <summary>Connects to the daemon's unix socket, and says what to do when that is not possible.</summary>
internal static class DaemonSocket
{
    public static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e is SocketException or ArgumentOutOfRangeException ? Explain(path, e) : e;
        }
    }

    /// <summary>Why the socket does not answer, and what to do about it.</summary>
    public static FairwayException Explain(string path, Exception cause)
    {
        // .NET knows no SocketError for ENOENT and the like, so the file system is asked instead.
        var reason = cause switch
        {
            ArgumentOutOfRangeException => "the path is longer than the 107 bytes a unix socket may have; choose a shorter one",
            SocketException { SocketErrorCode: SocketError.AccessDenied } => "permission denied; become root or a member of the group 'fairway'",
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nobody listens there any more; start fairwayd (systemctl start fairwayd)",
            _ when !File.Exists(path) => "there is no such socket; start fairwayd (systemctl start fairwayd) or name the socket it serves",
            _ => $"{cause.Message}; see that fairwayd runs and serves this socket",
        };
        return new FairwayException(ErrorKind.Unavailable, "fairwayd", $"connect to fairwayd at '{path}': {reason}", inner: cause);
    }
}
