using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>
/// A BPF map, held by a descriptor. Keys and values are bytes here; <see cref="BpfMap{TKey, TValue}"/> and
/// <see cref="BpfPerCpuMap{TKey, TValue}"/> give them types. Works from any thread.
/// </summary>
public sealed unsafe partial class BpfMap : IDisposable
{
    internal BpfMap(SafeFileDescriptor fd)
    {
        Descriptor = fd;
        bpf_map_info about = BpfIdentity.Describe<bpf_map_info>(fd, "map");
        Id = about.id;
        Type = (BpfMapType)about.type;
        KeySize = (int)about.key_size;
        ValueSize = (int)about.value_size;
        MaxEntries = about.max_entries;
        Flags = about.map_flags;
        Name = BpfIdentity.ReadName(about.name);
    }

    /// <summary>The descriptor.</summary>
    public SafeFileDescriptor Descriptor { get; }

    /// <summary>The kernel's number for the map; not reused before the next boot in practice (it counts up and wraps).</summary>
    public uint Id { get; }

    /// <summary>Name, at most 15 bytes.</summary>
    public string Name { get; }

    /// <summary>Kind.</summary>
    public BpfMapType Type { get; }

    /// <summary>Size of a key in bytes.</summary>
    public int KeySize { get; }

    /// <summary>Size of a value in bytes; of one CPU's value where there is one per CPU.</summary>
    public int ValueSize { get; }

    /// <summary>Entries it has room for; the size in bytes of a ring buffer.</summary>
    public uint MaxEntries { get; }

    /// <summary>Flags it was created with (BPF_F_*).</summary>
    public uint Flags { get; }

    /// <summary>Whether it has one value per CPU.</summary>
    public bool IsPerCpu => Type is BpfMapType.PerCpuHash or BpfMapType.PerCpuArray or BpfMapType.LruPerCpuHash;

    /// <summary>Bytes that reading or writing one entry moves: with a value per CPU, each padded to 8 bytes.</summary>
    public int TransferSize => IsPerCpu ? ((ValueSize + 7) & ~7) * PossibleCpus.Count : ValueSize;

    /// <summary>Makes a map.</summary>
    /// <param name="spec">What to make.</param>
    /// <returns>The map; it is gone with its last descriptor, pin and program.</returns>
    /// <exception cref="LinuxException">Not allowed (EPERM), a bad size (EINVAL), or too large (E2BIG, ENOMEM).</exception>
    public static BpfMap Create(BpfMapSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var attributes = new bpf_attr_map_create
        {
            map_type = (uint)spec.Type,
            key_size = (uint)spec.KeySize,
            value_size = (uint)spec.ValueSize,
            max_entries = spec.MaxEntries,
            map_flags = (spec.AllocateOnDemand ? linux_bpf.BPF_F_NO_PREALLOC : 0u)
                | (spec.Mappable ? linux_bpf.BPF_F_MMAPABLE : 0u)
                | (spec.OfAnySize ? linux_bpf.BPF_F_INNER_MAP : 0u),
        };
        BpfIdentity.WriteName(attributes.map_name, spec.Name);
        return new BpfMap(BpfIdentity.Own(Libc.bpf(linux_bpf.BPF_MAP_CREATE, ref attributes), "create bpf map", spec.Name));
    }

    /// <summary>Opens a pinned map.</summary>
    /// <param name="path">Its path in a bpf file system.</param>
    /// <returns>The map.</returns>
    /// <exception cref="LinuxException">Nothing is there (ENOENT), or something that is not a map (EINVAL).</exception>
    public static BpfMap OpenPinned(string path) => new(BpfIdentity.OpenPinned(path, "map"));

    /// <summary>Opens a map by its number.</summary>
    /// <param name="id">The number.</param>
    /// <returns>The map.</returns>
    /// <exception cref="LinuxException">There is none (ENOENT), or not allowed (EPERM).</exception>
    public static BpfMap OpenId(uint id) => new(BpfIdentity.OpenId(linux_bpf.BPF_MAP_GET_FD_BY_ID, id, "map"));

    /// <summary>Gives the map a path in a bpf file system; it then outlives this process.</summary>
    /// <param name="path">The path; its directory must exist.</param>
    /// <exception cref="LinuxException">The path is taken (EEXIST), or not in a bpf file system (EPERM).</exception>
    public void Pin(string path) => BpfIdentity.Pin(Descriptor, path, "map");

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
