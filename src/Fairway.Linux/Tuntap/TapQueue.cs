using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Tuntap;

/// <summary>A tap device as the program behind it has it: it reads what the link sends and writes what the link receives.</summary>
public sealed unsafe class TapQueue : IDisposable
{
    /// <summary>Bytes before each frame when the device has <see cref="TapSpec.VnetHeader"/>.</summary>
    public const int VnetHeaderLength = 10;

    private readonly SafeFileDescriptor _queue;
    private readonly WakeableWait _wait = new();
    private readonly string _name;

    private TapQueue(SafeFileDescriptor queue, string name)
    {
        _queue = queue;
        _name = name;
    }

    /// <summary>Opens a device.</summary>
    /// <param name="spec">The device, with the flags it was made with; it is made if there is none, and then lasts as long as this object.</param>
    /// <param name="networkNamespace">Where; null for the namespace of the calling thread.</param>
    /// <exception cref="LinuxException">It is open elsewhere (EBUSY), has other flags (EINVAL), or not allowed (EPERM).</exception>
    public static TapQueue Open(TapSpec spec, NetworkNamespace? networkNamespace = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new TapQueue(TapDevice.Open(spec, networkNamespace), spec.Name);
    }

    /// <summary>Takes unfinished checksums and TCP segments larger than the MTU; needs the vnet header, which describes them.</summary>
    public void AcceptSegments()
    {
        const nuint Offloads = linux_if_tun.TUN_F_CSUM | linux_if_tun.TUN_F_TSO4 | linux_if_tun.TUN_F_TSO6;
        if (Libc.ioctl(_queue, linux_if_tun.TUNSETOFFLOAD, (void*)Offloads) < 0)
            throw LinuxException.FromLastError("set offloads of tap", _name);
    }

    /// <summary>Waits until there is something to read.</summary>
    /// <param name="timeout">How long.</param>
    /// <returns>False if the time was over. True without anything to read after <see cref="Wake"/>.</returns>
    public bool Wait(TimeSpan timeout) => _wait.Wait(_queue, timeout);

    /// <summary>Ends the wait in progress, or the next one.</summary>
    public void Wake() => _wait.Wake();

    /// <summary>Reads one frame; waits for one if there is none.</summary>
    /// <param name="buffer">Room for it.</param>
    /// <returns>Its length, with the vnet header.</returns>
    /// <exception cref="LinuxException">The device is gone (EBADFD) or down (EIO).</exception>
    public int Read(Span<byte> buffer)
    {
        nint length;
        fixed (byte* start = buffer)
            length = Libc.read(_queue, start, (nuint)buffer.Length);
        return length >= 0 ? (int)length : throw LinuxException.FromLastError("read from tap", _name);
    }

    /// <summary>Writes one frame.</summary>
    /// <param name="frame">With the vnet header.</param>
    /// <exception cref="LinuxException">The device is gone (EBADFD) or down (EIO), or the frame is none (EINVAL).</exception>
    public void Write(ReadOnlySpan<byte> frame)
    {
        fixed (byte* start = frame)
        {
            if (Libc.write(_queue, start, (nuint)frame.Length) < 0)
                throw LinuxException.FromLastError("write to tap", _name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Dispose();
        _wait.Dispose();
    }
}
