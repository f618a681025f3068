using System.Net.Sockets;
using System.Text;
using Fairway.Api.Access;
using Fairway.Linux.Sockets;
using Fairway.Model.Errors;

namespace Fairway.Daemon.Listening;

/// <summary>
/// The socket the API answers on. It is bound, protected and listening before the API runs: nobody connects while its rights are not yet
/// set, and who connects while the daemon starts waits instead of being refused.
/// </summary>
internal static class ApiSocket
{
    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode SocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>sockaddr_un.sun_path less the terminating zero (unix(7)).</summary>
    private const int LongestPath = 107;

    private const int Backlog = 1024;

    /// <exception cref="FairwayException">Conflict: a live daemon listens there, or something else is in the place.</exception>
    public static Socket Listen(string path, uint? group)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw Refused(ErrorKind.InvalidArgument, path, $"the path is longer than {LongestPath} bytes; choose a shorter one with --socket");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, DirectoryMode);
            RemoveStale(path);
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, SocketMode);
            if (group is { } owner) SocketFile.SetGroup(path, owner);
            socket.Listen(Backlog);
            return socket;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or SocketException)
        {
            throw Refused(ErrorKind.Unavailable, path, $"{cause.Message}; choose another path with --socket", cause);
        }
    }

    /// <summary>The kernel's word on who connected.</summary>
    public static Peer Identify(Socket connection)
    {
        var credentials = PeerCredentials.Of(connection);
        return new Peer(credentials.ProcessId, credentials.UserId, [credentials.GroupId, .. PeerCredentials.SupplementaryGroupsOf(connection)]);
    }

    /// <summary>Takes the socket of a daemon that is no more away, and the directory that was made for it when nothing else is inside; absence is success.</summary>
    public static void Remove(string path, string madeDirectory)
    {
        if (Path.Exists(path)) File.Delete(path);
        if (Directory.Exists(madeDirectory) && !Directory.EnumerateFileSystemEntries(madeDirectory).Any()) Directory.Delete(madeDirectory);
    }

    private static void RemoveStale(string path)
    {
        if (!Path.Exists(path)) return;
        if (!SocketFile.IsSocket(path)) throw Refused(ErrorKind.Conflict, path, "something that is not a socket is in its place; move it away, or choose another path with --socket");
        if (Holder(path) is { } holder) throw Refused(ErrorKind.Conflict, path, $"process {holder} listens there; stop it, or choose another path with --socket");
        File.Delete(path);
    }

    /// <summary>The process behind a socket, or null when it is dead: nobody accepts there any more.</summary>
    private static int? Holder(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return PeerCredentials.Of(probe).ProcessId;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return null;
        }
    }

    private static FairwayException Refused(ErrorKind kind, string path, string why, Exception? cause = null) =>
        new(kind, path, $"listen on '{path}': {why}", inner: cause);
}
