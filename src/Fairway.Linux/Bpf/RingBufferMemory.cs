using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>
/// The memory of a BPF ring buffer as the kernel shares it:
/// <code>
/// | consumer position (one page, ours to write) | producer position (one page) | data | the same data again |
/// </code>
/// The second view of the data makes every record contiguous.
/// </summary>
internal sealed unsafe class RingBufferMemory : IDisposable
{
    private readonly nuint _pageSize = (nuint)Environment.SystemPageSize;
    private readonly nuint _dataSize;
    private byte* _consumer;
    private byte* _producer;

    public RingBufferMemory(BpfMap map)
    {
        _dataSize = map.MaxEntries;
        _consumer = Map(map, _pageSize, sys_mman.PROT_READ | sys_mman.PROT_WRITE, 0);
        try
        {
            _producer = Map(map, _pageSize + (2 * _dataSize), sys_mman.PROT_READ, (nint)_pageSize);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    ~RingBufferMemory() => Unmap();

    public ref ulong ConsumerPosition => ref *(ulong*)_consumer;

    public ref ulong ProducerPosition => ref *(ulong*)_producer;

    /// <summary>The record at a position: its header, with the data behind it.</summary>
    public uint* Record(ulong position) => (uint*)(_producer + _pageSize + ((nuint)position & (_dataSize - 1)));

    public void Dispose()
    {
        Unmap();
        GC.SuppressFinalize(this);
    }

    private static byte* Map(BpfMap map, nuint length, int protection, nint offset)
    {
        void* address = Libc.mmap(null, length, protection, sys_mman.MAP_SHARED, map.Descriptor, offset);
        return (nint)address != -1 ? (byte*)address : throw LinuxException.FromLastError("map ring buffer", map.Name);
    }

    private void Unmap()
    {
        if (_consumer is not null)
            _ = Libc.munmap(_consumer, _pageSize);
        if (_producer is not null)
            _ = Libc.munmap(_producer, _pageSize + (2 * _dataSize));
        _consumer = null;
        _producer = null;
    }
}
