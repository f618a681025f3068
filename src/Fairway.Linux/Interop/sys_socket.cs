namespace Fairway.Linux.Interop;

/// <summary>Sockets.</summary>
[CHeader("sys/socket.h")]
internal static class sys_socket
{
    public const int AF_UNSPEC = 0;
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_BRIDGE = 7;
    public const int AF_INET6 = 10;
    public const int AF_NETLINK = 16;
    public const int AF_PACKET = 17;

    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int SOCK_CLOEXEC = 0x80000;

    public const int SOL_SOCKET = 1;
    public const int SOL_NETLINK = 270;

    public const int SO_PEERCRED = 17;
    public const int SO_BINDTODEVICE = 25;
    public const int SO_ATTACH_FILTER = 26;
    public const int SO_TIMESTAMPNS = 35;
    public const int SO_RCVBUF = 8;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_RCVTIMEO = 20;
    public const int SO_SNDTIMEO = 21;
    public const int SO_PEERGROUPS = 59;
    public const int SO_NETNS_COOKIE = 71;

    public const int MSG_TRUNC = 32;
    public const int MSG_DONTWAIT = 64;
    public const int MSG_NOSIGNAL = 0x4000;
}
