using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Sockets;

/// <summary>
/// Hears UDP datagrams of one port as whole frames of one link, whoever they are addressed to and whatever else becomes of them, and can answer with frames: for
/// protocols whose clients have no address yet. The kernel hands over nothing else.
/// </summary>
public static unsafe class DatagramListener
{
    // Offsets in an Ethernet frame that carries IPv4.
    private const uint EtherType = 12, Header = 14, FragmentOffset = 20, Protocol = 23, PortBehindHeader = 16;
    private const uint Udp = 17, OffsetMask = 0x1FFF, WholeFrame = 0x40000;

    /// <summary>Begins to listen.</summary>
    /// <param name="linkIndex">Index of the link.</param>
    /// <param name="port">Destination port, over IPv4.</param>
    /// <param name="networkNamespace">Where; null for the namespace of the calling thread.</param>
    /// <returns>A socket that receives frames, and sends what it is given as one.</returns>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or not allowed (EPERM).</exception>
    public static Socket Open(int linkIndex, ushort port, NetworkNamespace? networkNamespace = null)
    {
        // Protocol 0: it hears nothing before it is bound, and then only what passes the filter.
        using SafeFileDescriptor fd = networkNamespace is null
            ? Own(Libc.socket(sys_socket.AF_PACKET, sys_socket.SOCK_RAW | sys_socket.SOCK_CLOEXEC, 0))
            : networkNamespace.OpenSocket(sys_socket.AF_PACKET, sys_socket.SOCK_RAW, 0);
        Filter(fd, port);
        // Older kernels hand over what is sent, too; nobody sends from there to this port.
        _ = fd.TrySetOption(linux_if_packet.SOL_PACKET, linux_if_packet.PACKET_IGNORE_OUTGOING, 1);
        var address = new sockaddr_ll
        {
            sll_family = sys_socket.AF_PACKET,
            sll_protocol = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((ushort)linux_if_ether.ETH_P_ALL),
            sll_ifindex = linkIndex,
        };
        return Libc.bind(fd, address, (uint)Unsafe.SizeOf<sockaddr_ll>()) == 0 ? fd.ToSocket() : throw LinuxException.FromLastError("listen on link", linkIndex.ToString());
    }

    private static void Filter(SafeFileDescriptor fd, ushort port)
    {
        const int Ld = linux_filter.BPF_LD, Jmp = linux_filter.BPF_JMP, Ret = linux_filter.BPF_RET;
        Span<sock_filter> program =
        [
            Step(Ld | linux_filter.BPF_H | linux_filter.BPF_ABS, EtherType),
            Step(Jmp | linux_filter.BPF_JEQ, linux_if_ether.ETH_P_IP, no: 8),
            Step(Ld | linux_filter.BPF_B | linux_filter.BPF_ABS, Protocol),
            Step(Jmp | linux_filter.BPF_JEQ, Udp, no: 6),
            Step(Ld | linux_filter.BPF_H | linux_filter.BPF_ABS, FragmentOffset),
            Step(Jmp | linux_filter.BPF_JSET, OffsetMask, yes: 4),
            Step(linux_filter.BPF_LDX | linux_filter.BPF_B | linux_filter.BPF_MSH, Header),
            Step(Ld | linux_filter.BPF_H | linux_filter.BPF_IND, PortBehindHeader),
            Step(Jmp | linux_filter.BPF_JEQ, port, no: 1),
            Step(Ret | linux_filter.BPF_K, WholeFrame),
            Step(Ret | linux_filter.BPF_K, 0),
        ];
        fixed (sock_filter* steps = program)
        {
            if (!fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_ATTACH_FILTER, new sock_fprog { len = (ushort)program.Length, filter = steps }))
                throw LinuxException.FromLastError("filter datagrams of port", port.ToString());
        }
    }

    private static sock_filter Step(int code, uint value, byte yes = 0, byte no = 0) => new() { code = (ushort)code, jt = yes, jf = no, k = value };

    private static SafeFileDescriptor Own(int fd) => fd >= 0 ? new SafeFileDescriptor(fd) : throw LinuxException.FromLastError("open packet socket");
}
