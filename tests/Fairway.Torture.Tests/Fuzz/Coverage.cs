using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Fairway.Torture.Tests.Fuzz;

/// <summary>Which branches of the instrumented libraries ran, and how often, as AFL counts it: one byte for each pair of branches that followed each other.</summary>
internal sealed unsafe class Coverage : IDisposable
{
    private const int Size = 1 << 16;

    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    public Coverage() => Trace.SharedMem = _map;

    /// <summary>Pairs of branches seen so far.</summary>
    public int Seen { get; private set; }

    public void Begin()
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last run did something no run before did: another pair, or one of them many more times.</summary>
    public bool IsNews()
    {
        bool news = false;
        var map = new ReadOnlySpan<byte>(_map, Size);
        for (int at; (at = map.IndexOfAnyExcept((byte)0)) >= 0; map = map[(at + 1)..])
        {
            int pair = Size - map.Length + at;
            byte bucket = Bucket(map[at]);
            if ((_seen[pair] & bucket) != 0)
                continue;
            Seen += _seen[pair] == 0 ? 1 : 0;
            _seen[pair] |= bucket;
            news = true;
        }
        return news;
    }

    public void Dispose()
    {
        // Late code of the libraries may still count: it gets a map nobody frees.
        Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);
        NativeMemory.Free(_map);
    }

    private static byte Bucket(byte count) => count switch { 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 };
}
