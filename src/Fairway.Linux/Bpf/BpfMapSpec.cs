namespace Fairway.Linux.Bpf;

/// <summary>A map to be created without an object file.</summary>
public sealed record BpfMapSpec
{
    /// <summary>Name, cut to 15 bytes; letters, digits, '_' and '.'.</summary>
    public string Name { get; init; } = "";

    /// <summary>Kind.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>Size of a key in bytes; 0 for queues and ring buffers, 4 for arrays.</summary>
    public required int KeySize { get; init; }

    /// <summary>Size of a value in bytes; 0 for ring buffers.</summary>
    public required int ValueSize { get; init; }

    /// <summary>Entries; the size in bytes of a ring buffer, a power of two and a multiple of the page size.</summary>
    public required uint MaxEntries { get; init; }

    /// <summary>Allocates entries when they are added (BPF_F_NO_PREALLOC); a longest-prefix map must.</summary>
    public bool AllocateOnDemand { get; init; }

    /// <summary>Lets its memory be mapped (BPF_F_MMAPABLE); arrays only.</summary>
    public bool Mappable { get; init; }

    /// <summary>Lets it stand in an array of maps with others of another size (BPF_F_INNER_MAP, Linux 5.10); arrays only.</summary>
    public bool OfAnySize { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
