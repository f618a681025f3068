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
    private readonly WakeableWait _wait = new();
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
    public bool Wait(TimeSpan timeout) => _wait.Wait(_map.Descriptor, timeout);

    /// <summary>Ends a <see cref="Wait"/> in progress, or the next one.</summary>
    public void Wake() => _wait.Wake();

    /// <summary>Hands over records as they come, on a thread of its own, until cancelled.</summary>
    /// <param name="handler">Receives each record; what it throws ends the reading.</param>
    /// <param name="interval">How often to look for records that were not announced.</param>
    /// <param name="cancellationToken">Ends the reading; records that are there by then are still handed over.</param>
    /// <returns>Completes when cancelled; fails with what the handler threw.</returns>
    public Task RunAsync(RingBufferHandler handler, TimeSpan interval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _wait.RunAsync(
            () =>
            {
                Wait(interval);
                Consume(handler);
            },
            cancellationToken);
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
        _wait.Dispose();
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
