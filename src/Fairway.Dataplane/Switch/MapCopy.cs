using System.Runtime.InteropServices;
using Fairway.Linux;
using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Switch;

/// <summary>
/// Fills the maps of one layout from those of another, field by field. What is there already stays, so that it may run again: after it was
/// cut short, and for the rows that came meanwhile.
/// </summary>
internal static class MapCopy
{
    /// <param name="from">Directory the maps to read are pinned in.</param>
    /// <param name="to">Directory of those to fill.</param>
    /// <returns>Rows written.</returns>
    public static int Run(string from, string to)
    {
        int rows = 0;
        foreach (string pin in Directory.EnumerateFiles(to))
        {
            string former = Path.Combine(from, Path.GetFileName(pin));
            if (!File.Exists(former))
                continue;
            using BpfMap source = BpfMap.OpenPinned(former);
            using BpfMap target = BpfMap.OpenPinned(pin);
            if (source.Type == target.Type)
                rows += Copy(source, target);
        }
        return rows;
    }

    private static int Copy(BpfMap source, BpfMap target) => target.Type switch
    {
        BpfMapType.ArrayOfMaps => CopyInnerMaps(source, target),
        BpfMapType.RingBuffer or BpfMapType.SocketStorage => 0,
        _ => CopyRows(source, target),
    };

    private static int CopyRows(BpfMap source, BpfMap target)
    {
        var (fromKey, fromValue) = source.ReadFields();
        var (toKey, toValue) = target.ReadFields();
        // A timer is the kernel's own, and belongs to the map it is in.
        if (fromValue.Count == 0 || toValue.Count == 0 || toValue.Any(field => field.Path.StartsWith("timer", StringComparison.Ordinal)))
            return 0;
        var keys = new RowTranslation(fromKey, toKey, target.KeySize);
        var values = new RowTranslation(fromValue, toValue, target.IsPerCpu ? Padded(target) : target.ValueSize);
        int rows = 0;
        foreach (var (key, value) in source.Enumerate())
        {
            if (IsArray(source) && !value.AsSpan().ContainsAnyExcept((byte)0))
                continue;
            byte[] row = source.IsPerCpu ? [.. value.Chunk(Padded(source)).SelectMany(one => values.Translate(one))] : values.Translate(value);
            rows += TryWrite(target, keys.Translate(key), row) ? 1 : 0;
        }
        return rows;
    }

    /// <summary>Rows of an array are always there; an untouched one is all zero.</summary>
    private static bool TryWrite(BpfMap target, byte[] key, byte[] row)
    {
        try
        {
            if (!IsArray(target))
                return target.TryAdd(key, row);
            byte[] present = new byte[target.TransferSize];
            if (!target.TryGet(key, present) || present.AsSpan().ContainsAnyExcept((byte)0))
                return false;
            target.Set(key, row);
            return true;
        }
        catch (LinuxException e) when (e.Errno is Errno.E2BIG or Errno.ENOMEM or Errno.EINVAL)
        {
            // The new map is smaller, or its keys are others: what is missing is made by the daemon, or begins anew.
            return false;
        }
    }

    /// <summary>Images of access rules are maps of their own, and go over as they are.</summary>
    private static int CopyInnerMaps(BpfMap source, BpfMap target)
    {
        int images = 0;
        foreach (var (key, value) in source.Enumerate())
        {
            uint id = MemoryMarshal.Read<uint>(value);
            if (id == 0 || (target.TryGet(key, value) && MemoryMarshal.Read<uint>(value) != 0))
                continue;
            using BpfMap image = BpfMap.OpenId(id);
            images += TrySet(target, key, image) ? 1 : 0;
        }
        return images;
    }

    private static bool TrySet(BpfMap target, byte[] key, BpfMap image)
    {
        try
        {
            uint descriptor = (uint)image.Descriptor.DangerousGetHandle();
            target.Set(key, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in descriptor)));
            return true;
        }
        catch (LinuxException e) when (e.Errno is Errno.EINVAL or Errno.E2BIG)
        {
            // Images of another shape: the daemon writes them before it lets a port out.
            return false;
        }
    }

    private static bool IsArray(BpfMap map) => map.Type is BpfMapType.Array or BpfMapType.PerCpuArray;

    private static int Padded(BpfMap map) => (map.ValueSize + 7) & ~7;
}
