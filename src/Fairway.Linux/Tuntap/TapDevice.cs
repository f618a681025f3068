using System.Text;
using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Tuntap;

/// <summary>Makes and opens tap devices (/dev/net/tun). They are deleted like every link.</summary>
public static unsafe class TapDevice
{
    private const string Device = "/dev/net/tun";

    /// <summary>Makes a tap device that stays until it is deleted. It has a carrier while a program has it open.</summary>
    /// <param name="spec">The device.</param>
    /// <param name="networkNamespace">Where; null for the namespace of the calling thread.</param>
    /// <exception cref="LinuxException">The name is taken (EBUSY), not allowed (EPERM), or the kernel has no tuntap (ENOENT, ENODEV).</exception>
    public static void Create(TapSpec spec, NetworkNamespace? networkNamespace = null)
    {
        using SafeFileDescriptor queue = Make(spec, networkNamespace);
        Keep(queue, spec);
    }

    /// <summary>
    /// Makes a tap device that goes with its descriptor, so that nothing is left of whoever dies before <see cref="Keep"/>. Until the
    /// descriptor is closed no other program can open the device, unless it has several queues.
    /// </summary>
    /// <param name="spec">The device.</param>
    /// <param name="networkNamespace">Where; null for the namespace of the calling thread.</param>
    /// <returns>The descriptor.</returns>
    /// <exception cref="LinuxException">The name is taken (EBUSY), not allowed (EPERM), or the kernel has no tuntap (ENOENT, ENODEV).</exception>
    public static SafeFileDescriptor Make(TapSpec spec, NetworkNamespace? networkNamespace = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SafeFileDescriptor queue = Attach(spec, linux_if_tun.IFF_TUN_EXCL, "create tap", networkNamespace);
        try
        {
            if (spec.Owner is { } owner && Libc.ioctl(queue, linux_if_tun.TUNSETOWNER, (void*)owner) < 0)
                throw LinuxException.FromLastError("set owner of tap", spec.Name);
            if (spec.Group is { } group && Libc.ioctl(queue, linux_if_tun.TUNSETGROUP, (void*)group) < 0)
                throw LinuxException.FromLastError("set group of tap", spec.Name);
            return queue;
        }
        catch
        {
            queue.Dispose();
            throw;
        }
    }

    /// <summary>Lets a device outlast its descriptors.</summary>
    /// <param name="queue">What <see cref="Make"/> returned.</param>
    /// <param name="spec">The device.</param>
    /// <exception cref="LinuxException">The device is gone.</exception>
    public static void Keep(SafeFileDescriptor queue, TapSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (Libc.ioctl(queue, linux_if_tun.TUNSETPERSIST, (void*)1) < 0)
            throw LinuxException.FromLastError("make tap persistent", spec.Name);
    }

    /// <summary>Opens a tap device as a program behind it does: reads are what the link sends, writes are what it receives.</summary>
    /// <param name="spec">The device, with the flags it was made with; it is made if there is none, and then lasts as long as the descriptor.</param>
    /// <param name="networkNamespace">Where; null for the namespace of the calling thread.</param>
    /// <returns>One packet per read or write, behind a virtio_net_hdr of 10 bytes if <see cref="TapSpec.VnetHeader"/>.</returns>
    /// <exception cref="LinuxException">It is open elsewhere (EBUSY), has other flags (EINVAL), or not allowed (EPERM).</exception>
    public static SafeFileDescriptor Open(TapSpec spec, NetworkNamespace? networkNamespace = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Attach(spec, 0, "open tap", networkNamespace);
    }

    /// <summary>The device belongs to the namespace of the thread that opened /dev/net/tun.</summary>
    private static SafeFileDescriptor Attach(TapSpec spec, int flags, string operation, NetworkNamespace? networkNamespace)
    {
        int length = Encoding.UTF8.GetByteCount(spec.Name);
        if (length is 0 or >= linux_if.IFNAMSIZ)
            throw new ArgumentException($"link name '{spec.Name}' does not have 1 to {linux_if.IFNAMSIZ - 1} bytes", nameof(spec));
        flags |= linux_if_tun.IFF_TAP | linux_if_tun.IFF_NO_PI;
        flags |= (spec.VnetHeader ? linux_if_tun.IFF_VNET_HDR : 0) | (spec.MultiQueue ? linux_if_tun.IFF_MULTI_QUEUE : 0);
        var request = new ifreq { ifr_flags = (ushort)flags };
        Encoding.UTF8.GetBytes(spec.Name, new Span<byte>(request.ifr_name, linux_if.IFNAMSIZ));
        SafeFileDescriptor queue = networkNamespace is null
            ? SafeFileDescriptor.Open(Device, fcntl.O_RDWR, operation)
            : networkNamespace.OpenFile(Device, writable: true);
        if (Libc.ioctl(queue, linux_if_tun.TUNSETIFF, &request) >= 0)
            return queue;
        var error = LinuxException.FromLastError(operation, spec.Name);
        queue.Dispose();
        throw error;
    }
}
