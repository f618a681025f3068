using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>A map of an object file. Changes are possible until <see cref="BpfObject.Load"/>; afterwards they throw <see cref="LinuxException"/> (EBUSY).</summary>
public sealed unsafe class BpfObjectMap
{
    private readonly BpfObject _owner;
    private readonly nint _handle;

    internal BpfObjectMap(BpfObject owner, nint handle)
    {
        _owner = owner;
        _handle = handle;
        Name = Marshal.PtrToStringUTF8((nint)Libbpf.bpf_map__name(handle)) ?? "";
    }

    /// <summary>Name of the C variable.</summary>
    public string Name { get; }

    /// <summary>Kind.</summary>
    public BpfMapType Type => (BpfMapType)Libbpf.bpf_map__type(Alive);

    /// <summary>Size of a key in bytes.</summary>
    public int KeySize => (int)Libbpf.bpf_map__key_size(Alive);

    /// <summary>Size of a value in bytes.</summary>
    public int ValueSize => (int)Libbpf.bpf_map__value_size(Alive);

    /// <summary>Entries it will have room for.</summary>
    public uint MaxEntries
    {
        get => Libbpf.bpf_map__max_entries(Alive);
        set => LibbpfError.ThrowIfNegative(Libbpf.bpf_map__set_max_entries(Alive, value), "set size of bpf map", Name);
    }

    /// <summary>Where it is pinned when loaded, or opened if it is there already; null for nowhere.</summary>
    public string? PinPath
    {
        get => Marshal.PtrToStringUTF8((nint)Libbpf.bpf_map__pin_path(Alive));
        set => LibbpfError.ThrowIfNegative(Libbpf.bpf_map__set_pin_path(Alive, value), "set pin path of bpf map", Name);
    }

    /// <summary>Uses a map that exists in the place of a new one; it must have the same layout.</summary>
    /// <param name="map">The map.</param>
    /// <exception cref="LinuxException">The kernel refused (EBADF).</exception>
    public void Reuse(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        LibbpfError.ThrowIfNegative(Libbpf.bpf_map__reuse_fd(Alive, map.Descriptor), "reuse bpf map", map.Name);
    }

    /// <summary>Sets the global variables a map such as <c>.rodata</c> holds.</summary>
    /// <param name="content">All of its <see cref="ValueSize"/> bytes.</param>
    /// <exception cref="LinuxException">The size differs, or the map holds no variables (EINVAL).</exception>
    public void SetContent(ReadOnlySpan<byte> content)
    {
        fixed (byte* bytes = content)
            LibbpfError.ThrowIfNegative(Libbpf.bpf_map__set_initial_value(Alive, bytes, (nuint)content.Length), "set content of bpf map", Name);
    }

    /// <summary>The loaded map, to keep.</summary>
    /// <returns>A descriptor of its own.</returns>
    /// <exception cref="InvalidOperationException">It has not been loaded.</exception>
    public BpfMap Open()
    {
        int fd = Libbpf.bpf_map__fd(Alive);
        if (fd < 0 || !_owner.IsLoaded)
            throw new InvalidOperationException($"bpf map '{Name}' has not been loaded");
        return new BpfMap(SafeFileDescriptor.Duplicate(fd, "open bpf map", Name));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private nint Alive => _owner.Handle != 0 ? _handle : 0;
}
