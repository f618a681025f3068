using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>
/// Reads the records that BPF programs put into a ring buffer. One reader per map. <see cref="RunAsync"/> is all most programs need; it waits in the kernel
/// on a thread of its own.
/// </summary>
/// <remarks>
/// A program may leave out the wake-up (BPF_RB_NO_WAKEUP), and a ring buffer that such records have filled never wakes anybody again. So a reader must look after every
/// wait that timed out, as <see cref="RunAsync"/> does.
/// </remarks>
public sealed unsafe class RingBufferReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly BpfMap _map;
    private readonly RingBufferMemory _memory;
    private readonly SafeFileDescriptor _wake;
    private bool _disposed;

    /// <summary>Maps the buffer.</summary>
    /// <param name="map">A map of type <see cref="BpfMapType.RingBuffer"/>; disposed of with this object.</param>
    /// <exception cref="ArgumentException">The map is of another type.</exception>
    /// <exception cref="LinuxException">The memory cannot be mapped (EPERM, ENOMEM).</exception>
    public RingBufferReader(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Type != BpfMapType.RingBuffer)
            throw new ArgumentException($"bpf map '{map.Name}' is of type {map.Type}, not a ring buffer");
        _map = map;
        _memory = new RingBufferMemory(map);
        int fd = Libc.eventfd(0, sys_eventfd.EFD_CLOEXEC | sys_eventfd.EFD_NONBLOCK);
        _wake = BpfIdentity.Own(fd, "make event for ring buffer", map.Name);
    }

    /// <summary>Hands over the records that are complete now, and frees their space one by one.</summary>
    /// <param name="handler">Receives each record. A record counts as read even if it throws.</param>
    /// <returns>How many.</returns>
    public int Consume(RingBufferHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int count = 0;
            ulong end = Volatile.Read(ref _memory.ProducerPosition);
            while (ConsumeOne(end, handler, ref count))
            {
            }
            return count;
        }
    }

    /// <summary>Waits, blocking, until a program announces a record, <see cref="Wake"/> is called, or the time is over. Consume whatever it returns.</summary>
    /// <param name="timeout">How long, rounded up to milliseconds.</param>
    /// <returns>False if the time was over.</returns>
    /// <exception cref="LinuxException">Waiting failed.</exception>
    public bool Wait(TimeSpan timeout)
    {
        using var map = new HeldDescriptor(_map.Descriptor);
        using var wake = new HeldDescriptor(_wake);
        Span<pollfd> events = [new() { fd = (int)map.Number, events = poll.POLLIN }, new() { fd = (int)wake.Number, events = poll.POLLIN }];
        int milliseconds = (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, int.MaxValue);
        fixed (pollfd* first = events)
        {
            int ready = Libc.poll(first, 2, milliseconds);
            if (ready < 0 && (Errno)System.Runtime.InteropServices.Marshal.GetLastPInvokeError() != Errno.EINTR)
                throw LinuxException.FromLastError("wait for ring buffer", _map.Name);
            if (events[1].revents != 0)
            {
                ulong counter;
                _ = Libc.read(_wake, (byte*)&counter, sizeof(ulong));
            }
            return ready != 0;
        }
    }

    /// <summary>Ends a <see cref="Wait"/> in progress, or the next one.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Libc.write(_wake, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Hands over records as they come, on a thread of its own, until cancelled.</summary>
    /// <param name="handler">Receives each record; what it throws ends the reading.</param>
    /// <param name="interval">How often to look for records that were not announced.</param>
    /// <param name="cancellationToken">Ends the reading; records that are there by then are still handed over.</param>
    /// <returns>Completes when cancelled; fails with what the handler threw.</returns>
    public Task RunAsync(RingBufferHandler handler, TimeSpan interval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Task.Factory.StartNew(
            () =>
            {
                using CancellationTokenRegistration _ = cancellationToken.UnsafeRegister(static reader => ((RingBufferReader)reader!).Wake(), this);
                while (!cancellationToken.IsCancellationRequested)
                {
                    Wait(interval);
                    Consume(handler);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }

    /// <summary>Unmaps the buffer. End <see cref="RunAsync"/> before.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _memory.Dispose();
        }
        _wake.Dispose();
        _map.Dispose();
    }

    private bool ConsumeOne(ulong end, RingBufferHandler handler, ref int count)
    {
        if (_disposed)
            return false; // by the handler
        ulong position = _memory.ConsumerPosition; // only this side writes it
        if (position >= end)
            return false;
        uint* record = _memory.Record(position);
        uint header = Volatile.Read(ref *record);
        if ((header & linux_bpf.BPF_RINGBUF_BUSY_BIT) != 0)
            return false; // reserved, not yet submitted
        int length = (int)(header & ~(linux_bpf.BPF_RINGBUF_BUSY_BIT | linux_bpf.BPF_RINGBUF_DISCARD_BIT));
        try
        {
            if ((header & linux_bpf.BPF_RINGBUF_DISCARD_BIT) == 0)
            {
                count++;
                handler(new ReadOnlySpan<byte>((byte*)record + linux_bpf.BPF_RINGBUF_HDR_SZ, length));
            }
        }
        finally
        {
            ulong size = (ulong)((length + linux_bpf.BPF_RINGBUF_HDR_SZ + 7) & ~7);
            if (!_disposed)
                Volatile.Write(ref _memory.ConsumerPosition, position + size);
        }
        return true;
    }
}
