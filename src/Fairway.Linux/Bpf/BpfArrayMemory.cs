using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>The memory of an array made to be mapped (<see cref="BpfMapSpec.Mappable"/>): what is written here programs see at once.</summary>
public sealed unsafe class BpfArrayMemory : IDisposable
{
    private readonly nuint _mapped;
    private byte* _start;

    /// <summary>Maps an array. The map may be disposed of; its memory stays while it is mapped.</summary>
    /// <param name="map">The map; values of a multiple of 8 bytes stand one behind the other.</param>
    /// <exception cref="LinuxException">It was not made to be mapped (ENOTSUPP), or memory is short.</exception>
    public BpfArrayMemory(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        Length = checked((int)map.MaxEntries * map.ValueSize);
        nuint page = (nuint)Environment.SystemPageSize;
        _mapped = ((nuint)Length + page - 1) / page * page;
        void* address = Libc.mmap(null, _mapped, sys_mman.PROT_READ | sys_mman.PROT_WRITE, sys_mman.MAP_SHARED, map.Descriptor, 0);
        _start = (nint)address != -1 ? (byte*)address : throw LinuxException.FromLastError("map bpf array", map.Name);
    }

    /// <summary>Unmaps what was not disposed of.</summary>
    ~BpfArrayMemory() => Unmap();

    /// <summary>Size in bytes.</summary>
    public int Length { get; }

    /// <summary>The values.</summary>
    /// <exception cref="ObjectDisposedException">It is not mapped any more.</exception>
    public Span<byte> Bytes => _start is not null ? new Span<byte>(_start, Length) : throw new ObjectDisposedException(nameof(BpfArrayMemory));

    /// <inheritdoc/>
    public void Dispose()
    {
        Unmap();
        GC.SuppressFinalize(this);
    }

    private void Unmap()
    {
        if (_start is not null)
            _ = Libc.munmap(_start, _mapped);
        _start = null;
    }
}
