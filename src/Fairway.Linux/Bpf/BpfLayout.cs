using System.Runtime.CompilerServices;

namespace Fairway.Linux.Bpf;

/// <summary>Compares a map's sizes with the structs it is read as, so that a changed layout is an error and not garbage.</summary>
internal static class BpfLayout
{
    public static void Check<TKey, TValue>(BpfMap map, bool perCpu)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        if (map.IsPerCpu != perCpu)
            throw new ArgumentException($"bpf map '{map.Name}' is of type {map.Type}, which {(perCpu ? "does not have" : "has")} a value per CPU");
        CheckSize<TKey>(map.Name, "keys", map.KeySize);
        CheckSize<TValue>(map.Name, "values", map.ValueSize);
    }

    private static void CheckSize<T>(string map, string what, int size)
        where T : unmanaged
    {
        if (size != Unsafe.SizeOf<T>())
            throw new ArgumentException($"bpf map '{map}' has {what} of {size} bytes; {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
    }
}
