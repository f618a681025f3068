using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

public sealed unsafe partial class BpfMap
{
    // ENOTSUPP, which the kernel returns for maps without batches; it has no name outside the kernel.
    private const int NotSupportedInside = 524;

    // Hash tables and tries number their place with four bytes at least; a generic place is a key.
    private int TokenSize => Math.Max(KeySize, sizeof(uint));

    /// <summary>One batch command. Arrays (keys, values) have room for <paramref name="count"/> entries.</summary>
    /// <param name="command">BPF_MAP_*_BATCH.</param>
    /// <param name="token">Where to go on; empty at the beginning.</param>
    /// <param name="nextToken">Receives where to go on.</param>
    /// <param name="keys">Keys in or out.</param>
    /// <param name="values">Values in or out.</param>
    /// <param name="count">Entries in; entries done out.</param>
    private Errno Batch(int command, ReadOnlySpan<byte> token, Span<byte> nextToken, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, ref int count)
    {
        using var held = new HeldDescriptor(Descriptor);
        fixed (byte* tokenBytes = token, nextBytes = nextToken, keyBytes = keys, valueBytes = values)
        {
            var attributes = new bpf_attr_batch
            {
                in_batch = (ulong)tokenBytes,
                out_batch = (ulong)nextBytes,
                keys = (ulong)keyBytes,
                values = (ulong)valueBytes,
                count = (uint)count,
                map_fd = held.Number,
            };
            int result = Libc.bpf(command, ref attributes);
            count = (int)attributes.count;
            return result >= 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>The kernel is older than batches (5.6; EINVAL), or this kind of map has none.</summary>
    private static bool HasNoBatches(Errno errno) => errno is Errno.EINVAL or Errno.EOPNOTSUPP || (int)errno == NotSupportedInside;

    /// <summary>Writes entries, with one system call where the kernel can.</summary>
    /// <param name="keys">Keys, one behind the other.</param>
    /// <param name="values">Values, one behind the other, in the same order.</param>
    /// <param name="update">What to expect of each.</param>
    /// <exception cref="LinuxException">The kernel refused an entry (see <see cref="Set"/>); the ones before it are written.</exception>
    public void SetMany(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, BpfUpdate update = BpfUpdate.Any)
    {
        int total = KeySize == 0 ? 0 : keys.Length / KeySize;
        if (total * KeySize != keys.Length || total * TransferSize != values.Length)
            throw new ArgumentException($"{keys.Length} bytes of keys and {values.Length} bytes of values do not make entries of bpf map '{Name}'", nameof(values));
        int done = update == BpfUpdate.Any ? SetBatch(keys, values, total) : 0;
        for (; done < total; done++)
            Set(keys.Slice(done * KeySize, KeySize), values.Slice(done * TransferSize, TransferSize), update);
    }

    /// <summary>How many entries one batch wrote. What is left is written one by one, which also finds the reason.</summary>
    private int SetBatch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, int total)
    {
        if (total == 0)
            return 0;
        int count = total;
        Errno errno = Batch(linux_bpf.BPF_MAP_UPDATE_BATCH, default, default, keys, values, ref count);
        if (errno == Errno.None)
            return total;
        // A refusal before the first entry leaves the count as it was.
        return count < total ? count : 0;
    }

    /// <summary>Removes entries, with one system call where the kernel can and all are there.</summary>
    /// <param name="keys">Keys, one behind the other.</param>
    /// <returns>How many were there.</returns>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public int RemoveMany(ReadOnlySpan<byte> keys)
    {
        int total = KeySize == 0 ? 0 : keys.Length / KeySize;
        if (total * KeySize != keys.Length)
            throw new ArgumentException($"{keys.Length} bytes do not make keys of bpf map '{Name}'", nameof(keys));
        int removed = 0;
        int next = 0;
        while (next < total)
        {
            int count = total - next;
            Errno errno = Batch(linux_bpf.BPF_MAP_DELETE_BATCH, default, default, keys[(next * KeySize)..], default, ref count);
            if (errno == Errno.None)
                return removed + (total - next);
            int done = count < total - next ? count : 0;
            removed += done;
            next += done;
            // The kernel stopped at an entry that is not there, or that it will not remove: Remove tells which.
            if (Remove(keys.Slice(next * KeySize, KeySize)))
                removed++;
            next++;
            if (HasNoBatches(errno))
                break;
        }
        for (; next < total; next++)
            removed += Remove(keys.Slice(next * KeySize, KeySize)) ? 1 : 0;
        return removed;
    }
}
