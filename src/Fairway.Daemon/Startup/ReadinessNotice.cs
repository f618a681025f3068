using System.Net.Sockets;
using System.Text;

namespace Fairway.Daemon.Startup;

/// <summary>Tells systemd that the daemon is ready or about to stop: one datagram to the socket in NOTIFY_SOCKET (sd_notify(3)).</summary>
internal static class ReadinessNotice
{
    public static void Ready() => Send("READY=1");

    public static void Stopping() => Send("STOPPING=1");

    private static void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // '@' stands for the zero byte that begins an abstract name.
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
    }
}
