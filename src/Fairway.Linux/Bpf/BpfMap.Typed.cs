using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>A map whose keys and values are structs. It owns the map it is made of.</summary>
/// <typeparam name="TKey">Layout of a key, without padding that is not zero.</typeparam>
/// <typeparam name="TValue">Layout of a value.</typeparam>
/// <remarks>The exceptions are those of <see cref="BpfMap"/>.</remarks>
public sealed class BpfMap<TKey, TValue> : IDisposable
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Gives a map types.</summary>
    /// <param name="map">The map; disposed of with this object.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the map has a value per CPU.</exception>
    public BpfMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        BpfLayout.Check<TKey, TValue>(map, perCpu: false);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Reads a value.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value, or null if there is none.</returns>
    public TValue? Find(in TKey key) => TryGet(key, out TValue value) ? value : null;

    /// <summary>Reads a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if there is none.</returns>
    public bool TryGet(in TKey key, out TValue value)
    {
        Unsafe.SkipInit(out value);
        if (Map.TryGet(BytesOf(in key), MemoryMarshal.AsBytes(new Span<TValue>(ref value))))
            return true;
        value = default;
        return false;
    }

    /// <summary>Reads a value and removes it, in one step.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if there was none.</returns>
    public bool TryTake(in TKey key, out TValue value)
    {
        Unsafe.SkipInit(out value);
        if (Map.TryTake(BytesOf(in key), MemoryMarshal.AsBytes(new Span<TValue>(ref value))))
            return true;
        value = default;
        return false;
    }

    /// <summary>Writes a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="update">What to expect.</param>
    public void Set(in TKey key, in TValue value, BpfUpdate update = BpfUpdate.Any) => Map.Set(BytesOf(in key), BytesOf(in value), update);

    /// <summary>Writes a value if its key is new.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the key is there.</returns>
    public bool TryAdd(in TKey key, in TValue value) => Map.TryAdd(BytesOf(in key), BytesOf(in value));

    /// <summary>Removes an entry.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if there was none.</returns>
    public bool Remove(in TKey key) => Map.Remove(BytesOf(in key));

    /// <summary>Writes entries, with one system call where the kernel can.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="values">The values, in the same order.</param>
    /// <param name="update">What to expect of each.</param>
    public void SetMany(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, BpfUpdate update = BpfUpdate.Any)
        => Map.SetMany(MemoryMarshal.AsBytes(keys), MemoryMarshal.AsBytes(values), update);

    /// <summary>Removes entries, with one system call where the kernel can and all are there.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>How many were there.</returns>
    public int RemoveMany(ReadOnlySpan<TKey> keys) => Map.RemoveMany(MemoryMarshal.AsBytes(keys));

    /// <summary>Reads all entries; see <see cref="BpfMap.Enumerate"/>.</summary>
    /// <returns>The entries.</returns>
    public IEnumerable<KeyValuePair<TKey, TValue>> Enumerate() => Walk(linux_bpf.BPF_MAP_LOOKUP_BATCH);

    /// <summary>Reads all entries and removes what it has read; hash tables only. Not finished unless read to the end.</summary>
    /// <returns>The entries.</returns>
    public IEnumerable<KeyValuePair<TKey, TValue>> TakeAll() => Walk(linux_bpf.BPF_MAP_LOOKUP_AND_DELETE_BATCH);

    /// <inheritdoc/>
    public void Dispose() => Map.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Map.Name;

    private IEnumerable<KeyValuePair<TKey, TValue>> Walk(int command)
    {
        foreach (BpfMap.Page page in Map.Pages(command))
        {
            for (int i = 0; i < page.Count; i++)
                yield return new(MemoryMarshal.Cast<byte, TKey>(page.Keys)[i], MemoryMarshal.Cast<byte, TValue>(page.Values)[i]);
        }
    }

    private static ReadOnlySpan<byte> BytesOf<T>(in T value)
        where T : unmanaged
        => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
}
