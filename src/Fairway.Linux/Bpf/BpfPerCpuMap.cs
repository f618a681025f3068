using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>A map with one value per CPU; programs write their own CPU's without locking, readers add them up. It owns the map it is made of.</summary>
/// <typeparam name="TKey">Layout of a key.</typeparam>
/// <typeparam name="TValue">Layout of one CPU's value.</typeparam>
/// <remarks>The exceptions are those of <see cref="BpfMap"/>.</remarks>
public sealed class BpfPerCpuMap<TKey, TValue> : IDisposable
    where TKey : unmanaged
    where TValue : unmanaged
{
    // The kernel pads each CPU's value to eight bytes.
    private static readonly int s_stride = (Unsafe.SizeOf<TValue>() + 7) & ~7;

    /// <summary>Gives a map types.</summary>
    /// <param name="map">The map; disposed of with this object.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the map has no value per CPU.</exception>
    public BpfPerCpuMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        BpfLayout.Check<TKey, TValue>(map, perCpu: true);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Reads the values of an entry.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Receives one value per possible CPU (<see cref="PossibleCpus.Count"/>).</param>
    /// <returns>False if there is no such entry.</returns>
    public bool TryGet(in TKey key, Span<TValue> values)
    {
        byte[]? rented = null;
        Span<byte> bytes = Map.TransferSize <= 1024
            ? stackalloc byte[Map.TransferSize]
            : (rented = System.Buffers.ArrayPool<byte>.Shared.Rent(Map.TransferSize)).AsSpan(0, Map.TransferSize);
        try
        {
            if (!Map.TryGet(BytesOf(in key), bytes))
                return false;
            Unpack(bytes, values);
            return true;
        }
        finally
        {
            if (rented is not null)
                System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Reads the values of an entry.</summary>
    /// <param name="key">The key.</param>
    /// <returns>One value per possible CPU, or null if there is no such entry.</returns>
    public TValue[]? Find(in TKey key)
    {
        var values = new TValue[PossibleCpus.Count];
        return TryGet(key, values) ? values : null;
    }

    /// <summary>Writes the values of an entry.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">One value per possible CPU.</param>
    /// <param name="update">What to expect.</param>
    public void Set(in TKey key, ReadOnlySpan<TValue> values, BpfUpdate update = BpfUpdate.Any)
    {
        CheckCount(values.Length);
        byte[] bytes = new byte[Map.TransferSize];
        for (int cpu = 0; cpu < values.Length; cpu++)
            MemoryMarshal.Write(bytes.AsSpan(cpu * s_stride), values[cpu]);
        Map.Set(BytesOf(in key), bytes, update);
    }

    /// <summary>Removes an entry.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if there was none.</returns>
    public bool Remove(in TKey key) => Map.Remove(BytesOf(in key));

    /// <summary>Reads all entries; see <see cref="BpfMap.Enumerate"/>.</summary>
    /// <returns>The entries, with one value per possible CPU.</returns>
    public IEnumerable<KeyValuePair<TKey, TValue[]>> Enumerate()
    {
        foreach (BpfMap.Page page in Map.Pages(linux_bpf.BPF_MAP_LOOKUP_BATCH))
        {
            for (int i = 0; i < page.Count; i++)
            {
                var values = new TValue[PossibleCpus.Count];
                Unpack(page.Values.AsSpan(i * Map.TransferSize, Map.TransferSize), values);
                yield return new(MemoryMarshal.Cast<byte, TKey>(page.Keys)[i], values);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Map.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Map.Name;

    private static void Unpack(ReadOnlySpan<byte> bytes, Span<TValue> values)
    {
        CheckCount(values.Length);
        for (int cpu = 0; cpu < values.Length; cpu++)
            values[cpu] = MemoryMarshal.Read<TValue>(bytes[(cpu * s_stride)..]);
    }

    private static void CheckCount(int count)
    {
        if (count != PossibleCpus.Count)
            throw new ArgumentException($"an entry has one value for each of {PossibleCpus.Count} possible CPUs, not {count}");
    }

    private static ReadOnlySpan<byte> BytesOf(in TKey key) => MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key));
}
