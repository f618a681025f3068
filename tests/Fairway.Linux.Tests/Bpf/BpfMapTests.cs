using System.Runtime.InteropServices;
using Fairway.Linux.Bpf;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Bpf;

public sealed class BpfMapTests
{
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Key(uint A, uint B, uint C);

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.LruHash)]
    public void Entries_OfAHashTable_AreWrittenReadTakenAndRemoved(BpfMapType type)
    {
        using BpfMap<Key, ulong> map = Create<Key, ulong>(type, 16);

        map.Set(new Key(1, 2, 3), 10);
        Assert.False(map.TryAdd(new Key(1, 2, 3), 11));
        Assert.True(map.TryAdd(new Key(1, 2, 4), 12));
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => map.Set(new Key(9, 9, 9), 1, BpfUpdate.Replace)).Errno);
        map.Set(new Key(1, 2, 3), 13, BpfUpdate.Replace);

        Assert.Equal((13ul, 12ul, (ulong?)null), (map.Find(new Key(1, 2, 3)), map.Find(new Key(1, 2, 4)), map.Find(new Key(0, 0, 0))));
        Assert.True(map.TryTake(new Key(1, 2, 4), out ulong taken));
        Assert.Equal(12ul, taken);
        Assert.False(map.TryTake(new Key(1, 2, 4), out _));
        Assert.True(map.Remove(new Key(1, 2, 3)));
        Assert.False(map.Remove(new Key(1, 2, 3)));
        Assert.Empty(map.Enumerate());
    }

    [Fact]
    public void Set_FullTable_SaysWhichMap()
    {
        using BpfMap<uint, uint> map = Create<uint, uint>(BpfMapType.Hash, 2);
        map.Set(1, 1);
        map.Set(2, 2);

        var error = Assert.Throws<LinuxException>(() => map.Set(3, 3));

        Assert.Equal("write to bpf map 'test': Argument list too long (E2BIG)", error.Message);
    }

    [Theory]
    [InlineData(BpfMapType.Hash, 1)]
    [InlineData(BpfMapType.Hash, 5000)]
    [InlineData(BpfMapType.LruHash, 3000)]
    public void Batches_ManyEntries_ComeBackOnceEach(BpfMapType type, int count)
    {
        using BpfMap<uint, ulong> map = Create<uint, ulong>(type, 20000);
        uint[] keys = [.. Enumerable.Range(1, count).Select(i => (uint)i)];
        map.SetMany(keys, [.. keys.Select(key => key * 1000ul)]);

        Dictionary<uint, ulong> read = map.Enumerate().ToDictionary();

        Assert.Equal(count, read.Count);
        Assert.All(read, entry => Assert.Equal(entry.Key * 1000ul, entry.Value));
        uint[] wanted = [.. keys.Where(key => key % 2 == 1), 777_777, 888_888, .. keys.Where(key => key % 2 == 0)];
        Assert.Equal(count, map.RemoveMany(wanted));
        Assert.Equal(0, map.RemoveMany(wanted));
        Assert.Empty(map.Enumerate());
    }

    [Fact]
    public void SetMany_RoomForHalf_WritesHalfAndThrows()
    {
        using BpfMap<uint, uint> map = Create<uint, uint>(BpfMapType.Hash, 50);
        uint[] keys = [.. Enumerable.Range(0, 100).Select(i => (uint)i)];

        Assert.Equal(Errno.E2BIG, Assert.Throws<LinuxException>(() => map.SetMany(keys, keys)).Errno);

        Assert.Equal(50, map.Enumerate().Count());
    }

    [Fact]
    public void SetMany_OnlyNewKeys_StopsAtAKnownOne()
    {
        using BpfMap<uint, uint> map = Create<uint, uint>(BpfMapType.Hash, 50);
        map.Set(2, 0);

        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => map.SetMany([1, 2, 3], [1, 2, 3], BpfUpdate.Create)).Errno);

        Assert.Equal([1u, 2u], map.Enumerate().Select(entry => entry.Key).Order());
    }

    [Fact]
    public void TakeAll_LeavesNothing()
    {
        using BpfMap<uint, uint> map = Create<uint, uint>(BpfMapType.Hash, 5000);
        uint[] keys = [.. Enumerable.Range(0, 3000).Select(i => (uint)i)];
        map.SetMany(keys, keys);

        Assert.Equal(keys, map.TakeAll().Select(entry => entry.Value).Order());
        Assert.Empty(map.Enumerate());
    }

    [Fact]
    public void Enumerate_Array_HasEveryIndexInOrder()
    {
        using BpfMap<uint, uint> map = Create<uint, uint>(BpfMapType.Array, 2500);
        map.Set(2499, 5);

        List<KeyValuePair<uint, uint>> read = [.. map.Enumerate()];

        Assert.Equal(Enumerable.Range(0, 2500).Select(i => (uint)i), read.Select(entry => entry.Key));
        Assert.Equal(5u, read[^1].Value);
        Assert.Equal(Errno.E2BIG, Assert.Throws<LinuxException>(() => map.Set(2500, 0)).Errno);
    }

    [Fact]
    public void Enumerate_LongestPrefixMap_HasEveryPrefix()
    {
        using var map = new BpfMap<ulong, uint>(BpfMap.Create(new BpfMapSpec
        {
            Name = "trie",
            Type = BpfMapType.LpmTrie,
            KeySize = 8,
            ValueSize = 4,
            MaxEntries = 5000,
            AllocateOnDemand = true,
        }));
        for (uint i = 0; i < 2000; i++)
            map.Set(((ulong)i << 32) | 32, i);

        Assert.Equal(2000, map.Enumerate().DistinctBy(entry => entry.Key).Count());
        Assert.Equal(1999u, map.Find((1999ul << 32) | 32));
    }

    [Fact]
    public void Enumerate_EntriesVanishMeanwhile_Ends()
    {
        using BpfMap<uint, uint> map = Create<uint, uint>(BpfMapType.Hash, 4000);
        uint[] keys = [.. Enumerable.Range(0, 4000).Select(i => (uint)i)];
        map.SetMany(keys, keys);

        int seen = 0;
        foreach (KeyValuePair<uint, uint> entry in map.Enumerate())
        {
            seen++;
            map.Remove(entry.Key);
            map.Remove(entry.Key + 1);
        }

        Assert.InRange(seen, 2000, 4000);
        Assert.True(map.Enumerate().Count() < 2000);
    }

    [Fact]
    public void Queue_HasNoKeysAndCannotBeWalked()
    {
        using BpfMap queue = BpfMap.Create(new BpfMapSpec { Name = "queue", Type = BpfMapType.Queue, KeySize = 0, ValueSize = 4, MaxEntries = 4 });
        queue.Set([], [1, 0, 0, 0]);
        queue.Set([], [2, 0, 0, 0]);

        byte[] value = new byte[4];
        Assert.True(queue.TryTake([], value));
        Assert.Equal(1, value[0]);
        Assert.Throws<InvalidOperationException>(() => queue.Enumerate().Count());
    }

    [Theory]
    [InlineData(BpfMapType.PerCpuArray)]
    [InlineData(BpfMapType.PerCpuHash)]
    public void PerCpu_Values_AreKeptApart(BpfMapType type)
    {
        using var map = new BpfPerCpuMap<uint, Key>(BpfMap.Create(new BpfMapSpec { Type = type, KeySize = 4, ValueSize = 12, MaxEntries = 2000 }));
        Key[] values = [.. Enumerable.Range(1, PossibleCpus.Count).Select(cpu => new Key((uint)cpu, 0, 7))];

        map.Set(1500, values);

        Assert.Equal(values, map.Find(1500));
        Assert.Equal(values, map.Enumerate().Single(entry => entry.Key == 1500).Value);
        Assert.Equal(type == BpfMapType.PerCpuArray ? 2000 : 1, map.Enumerate().Count());
        Assert.Throws<ArgumentException>(() => map.Set(1, new Key[PossibleCpus.Count + 1]));
        Assert.Throws<ArgumentException>(() => new BpfMap<uint, Key>(map.Map));
    }

    [Fact]
    public void Types_OfAnotherSize_AreRefused()
    {
        using BpfMap map = BpfMap.Create(new BpfMapSpec { Name = "sizes", Type = BpfMapType.Hash, KeySize = 4, ValueSize = 8, MaxEntries = 1 });

        Assert.Equal("bpf map 'sizes' has values of 8 bytes; UInt32 has 4", Assert.Throws<ArgumentException>(() => new BpfMap<uint, uint>(map)).Message);
        Assert.Throws<ArgumentException>(() => map.Set(new byte[3], new byte[8]));
        Assert.Throws<ArgumentException>(() => map.TryGet(new byte[4], new byte[9]));
    }

    [Fact]
    public void Pin_OpenedAgain_IsTheSameMap()
    {
        using var pins = new BpfDirectory();
        using BpfMap map = BpfMap.Create(new BpfMapSpec { Name = "abcdefghijklmnopqrst", Type = BpfMapType.Hash, KeySize = 4, ValueSize = 8, MaxEntries = 9 });
        map.Pin(pins.PathOf("map"));

        using BpfMap again = BpfMap.OpenPinned(pins.PathOf("map"));

        Assert.Equal((map.Id, BpfMapType.Hash, "abcdefghijklmno", 4, 8, 9u), (again.Id, again.Type, again.Name, again.KeySize, again.ValueSize, again.MaxEntries));
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => map.Pin(pins.PathOf("map"))).Errno);
        Assert.Equal(Errno.EPERM, Assert.Throws<LinuxException>(() => map.Pin("/tmp/fwt-not-bpffs")).Errno);
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => BpfMap.OpenPinned(pins.PathOf("none"))).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => BpfProgram.OpenPinned(pins.PathOf("map"))).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => BpfLink.OpenPinned(pins.PathOf("map"))).Errno);
        Assert.True(BpfFileSystem.Unpin(pins.PathOf("map")));
        Assert.False(BpfFileSystem.Unpin(pins.PathOf("map")));
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0-3\n", 4)]
    [InlineData("0-1,4,8-11", 7)]
    public void PossibleCpus_List_IsCounted(string list, int count) => Assert.Equal(count, PossibleCpus.Parse(list));

    [Theory]
    [InlineData("")]
    [InlineData("0-")]
    [InlineData("3-1")]
    [InlineData("a")]
    public void PossibleCpus_Garbage_IsAnError(string list) => Assert.Throws<InvalidDataException>(() => PossibleCpus.Parse(list));

    private static BpfMap<TKey, TValue> Create<TKey, TValue>(BpfMapType type, uint size)
        where TKey : unmanaged
        where TValue : unmanaged
        => new(BpfMap.Create(new BpfMapSpec
        {
            Name = "test",
            Type = type,
            KeySize = System.Runtime.CompilerServices.Unsafe.SizeOf<TKey>(),
            ValueSize = System.Runtime.CompilerServices.Unsafe.SizeOf<TValue>(),
            MaxEntries = size,
        }));
}
