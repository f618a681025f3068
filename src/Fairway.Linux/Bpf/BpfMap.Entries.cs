using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

public sealed unsafe partial class BpfMap
{
    /// <summary>Reads an entry.</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives <see cref="TransferSize"/> bytes.</param>
    /// <returns>False if there is no such entry.</returns>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public bool TryGet(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckValue(value);
        return Element(linux_bpf.BPF_MAP_LOOKUP_ELEM, key, value, 0, Errno.ENOENT, "look up in bpf map");
    }

    /// <summary>Reads an entry and removes it, in one step; hash tables (Linux 5.14), queues and stacks.</summary>
    /// <param name="key">The key; empty for queues and stacks.</param>
    /// <param name="value">Receives <see cref="TransferSize"/> bytes.</param>
    /// <returns>False if there is no such entry.</returns>
    /// <exception cref="LinuxException">The kind of map cannot (EOPNOTSUPP), or the kernel refused.</exception>
    public bool TryTake(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckValue(value);
        return Element(linux_bpf.BPF_MAP_LOOKUP_AND_DELETE_ELEM, key, value, 0, Errno.ENOENT, "take from bpf map");
    }

    /// <summary>Writes an entry.</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes; empty for queues and stacks.</param>
    /// <param name="value">The value, <see cref="TransferSize"/> bytes.</param>
    /// <param name="update">What to expect.</param>
    /// <exception cref="LinuxException">The map is full (E2BIG; ENOMEM), an array has no such index (E2BIG), or <paramref name="update"/> was not met (EEXIST, ENOENT).</exception>
    public void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, BpfUpdate update = BpfUpdate.Any)
    {
        CheckValue(value);
        Element(linux_bpf.BPF_MAP_UPDATE_ELEM, key, value, (ulong)update, Errno.None, "write to bpf map");
    }

    /// <summary>Writes an entry if its key is new.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the key is there.</returns>
    /// <exception cref="LinuxException">The map is full (E2BIG, ENOMEM), or the kernel refused.</exception>
    public bool TryAdd(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        CheckValue(value);
        return Element(linux_bpf.BPF_MAP_UPDATE_ELEM, key, value, linux_bpf.BPF_NOEXIST, Errno.EEXIST, "write to bpf map");
    }

    /// <summary>Removes an entry.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if there is no such entry.</returns>
    /// <exception cref="LinuxException">Entries of arrays cannot be removed (EINVAL), or the kernel refused.</exception>
    public bool Remove(ReadOnlySpan<byte> key)
        => Element(linux_bpf.BPF_MAP_DELETE_ELEM, key, default, 0, Errno.ENOENT, "remove from bpf map");

    /// <summary>Steps through the keys, in the kernel's order. A key that has been removed meanwhile leads back to the first.</summary>
    /// <param name="key">The key before; empty for the first.</param>
    /// <param name="next">Receives the next key.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="LinuxException">The kind of map cannot (EOPNOTSUPP), or the kernel refused.</exception>
    public bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (next.Length != KeySize)
            throw new ArgumentException($"bpf map '{Name}' has keys of {KeySize} bytes, not {next.Length}", nameof(next));
        return Element(linux_bpf.BPF_MAP_GET_NEXT_KEY, key, next, 0, Errno.ENOENT, "step through bpf map");
    }

    private bool Element(int command, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, Errno expected, string operation)
    {
        if (key.Length != KeySize && !(key.IsEmpty && command == linux_bpf.BPF_MAP_GET_NEXT_KEY))
            throw new ArgumentException($"bpf map '{Name}' has keys of {KeySize} bytes, not {key.Length}", nameof(key));
        using var held = new HeldDescriptor(Descriptor);
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            var attributes = new bpf_attr_map_elem { map_fd = held.Number, key = (ulong)keyBytes, value = (ulong)valueBytes, flags = flags };
            if (Libc.bpf(command, ref attributes) >= 0)
                return true;
        }
        return (Errno)Marshal.GetLastPInvokeError() == expected ? false : throw LinuxException.FromLastError(operation, Name);
    }

    private void CheckValue(ReadOnlySpan<byte> value)
    {
        if (value.Length != TransferSize)
            throw new ArgumentException($"bpf map '{Name}' has values of {TransferSize} bytes, not {value.Length}", nameof(value));
    }
}
