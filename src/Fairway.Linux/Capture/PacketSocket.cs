using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Capture;

/// <summary>
/// Sees every packet of one link, both ways, with the kernel's time stamps (<c>packet(7)</c>). Works from any thread, one at a time.
/// </summary>
public sealed unsafe partial class PacketSocket : IDisposable
{
    private readonly SafeFileDescriptor _fd;
    private readonly WakeableWait _wait = new();
    private readonly byte[] _buffer;
    private PacketStatistics _statistics;

    private PacketSocket(SafeFileDescriptor fd, int snapLength)
    {
        _fd = fd;
        _buffer = GC.AllocateUninitializedArray<byte>(snapLength);
    }

    /// <summary>Link-layer type of the link (<c>linux/if_arp.h</c>): 1 for Ethernet, 772 for loopback, 65534 for none.</summary>
    public int LinkLayerType
    {
        get
        {
            sockaddr_ll address;
            uint length = (uint)Unsafe.SizeOf<sockaddr_ll>();
            return Libc.getsockname(_fd, &address, &length) == 0 ? address.sll_hatype : throw LinuxException.FromLastError("read link of packet socket");
        }
    }

    /// <summary>Begins to capture.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <param name="networkNamespace">Its namespace, which may be disposed of afterwards; null for that of the calling thread.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or not allowed (EPERM).</exception>
    public static PacketSocket Open(int linkIndex, NetworkNamespace? networkNamespace = null, PacketSocketOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(linkIndex, 1);
        options ??= new PacketSocketOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SnapLength, 1);
        // Protocol 0: it hears nothing, of whatever link, before it is bound.
        SafeFileDescriptor fd = networkNamespace is null
            ? Own(Libc.socket(sys_socket.AF_PACKET, sys_socket.SOCK_RAW | sys_socket.SOCK_CLOEXEC, 0))
            : networkNamespace.OpenSocket(sys_socket.AF_PACKET, sys_socket.SOCK_RAW, 0);
        try
        {
            Configure(fd, linkIndex, options);
            return new PacketSocket(fd, options.SnapLength);
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    /// <summary>Reads the counters.</summary>
    /// <returns>The counters.</returns>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public PacketStatistics ReadStatistics()
    {
        tpacket_stats since; // the kernel begins anew with each reading
        uint length = (uint)Unsafe.SizeOf<tpacket_stats>();
        if (Libc.getsockopt(_fd, linux_if_packet.SOL_PACKET, linux_if_packet.PACKET_STATISTICS, &since, &length) != 0)
            throw LinuxException.FromLastError("read statistics of packet socket");
        return _statistics = new PacketStatistics(_statistics.Received + since.tp_packets, _statistics.Dropped + since.tp_drops);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fd.Dispose();
        _wait.Dispose();
    }

    private static SafeFileDescriptor Own(int fd)
        => fd >= 0 ? new SafeFileDescriptor(fd) : throw LinuxException.FromLastError("open packet socket");

    private static void Configure(SafeFileDescriptor fd, int linkIndex, PacketSocketOptions options)
    {
        if (!fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_TIMESTAMPNS, 1))
            throw LinuxException.FromLastError("ask for time stamps of link", linkIndex.ToString());
        if (!fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_RCVBUFFORCE, options.ReceiveBuffer))
            _ = fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_RCVBUF, options.ReceiveBuffer);
        var address = new sockaddr_ll
        {
            sll_family = sys_socket.AF_PACKET,
            sll_protocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)linux_if_ether.ETH_P_ALL) : (ushort)linux_if_ether.ETH_P_ALL,
            sll_ifindex = linkIndex,
        };
        if (Libc.bind(fd, address, (uint)Unsafe.SizeOf<sockaddr_ll>()) != 0)
            throw LinuxException.FromLastError("capture on link", linkIndex.ToString());
        var membership = new packet_mreq { mr_ifindex = linkIndex, mr_type = linux_if_packet.PACKET_MR_PROMISC };
        if (options.Promiscuous && !fd.TrySetOption(linux_if_packet.SOL_PACKET, linux_if_packet.PACKET_ADD_MEMBERSHIP, membership))
            throw LinuxException.FromLastError("make promiscuous link", linkIndex.ToString());
    }
}
