using Fairway.Linux.Bpf;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Bpf;

public sealed class BpfObjectTests : IDisposable
{
    private const string Source = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 100); __type(key, __u32); __type(value, __u64);
                 __uint(pinning, LIBBPF_PIN_BY_NAME); } counters SEC(".maps");
        const volatile __u32 answer = 1;

        SEC("tc") int first(struct __sk_buff *skb)
        {
                __u32 key = skb->mark;
                __u64 one = 1, *value = bpf_map_lookup_elem(&counters, &key);
                if (value)
                        __sync_fetch_and_add(value, 1);
                else
                        bpf_map_update_elem(&counters, &key, &one, BPF_ANY);
                skb->priority = 77;
                return answer;
        }

        SEC("tc") int second_with_a_long_name(struct __sk_buff *skb) { return TC_ACT_OK; }

        SEC("tc") int broken(struct __sk_buff *skb)
        {
                __u32 key = 5;
                return *(volatile __u64 *)bpf_map_lookup_elem(&counters, &key);
        }
        """;

    private static readonly byte[] s_packet = [.. new byte[12], 0x08, 0x00, .. new byte[46]];

    private readonly BpfDirectory _pins = new();

    public void Dispose() => _pins.Dispose();

    [Fact]
    public void Load_ProgramsAndMaps_RunAndCount()
    {
        using BpfObject file = Open();
        Assert.Equal(["first", "second_with_a_long_name", "broken"], file.Programs.Select(program => program.Name));
        Assert.Equal(BpfProgramType.Classifier, file.Program("first").Type);
        Assert.Equal((4, 8, 100u, _pins.PathOf("counters")),
            (file.Map("counters").KeySize, file.Map("counters").ValueSize, file.Map("counters").MaxEntries, file.Map("counters").PinPath));

        file.Load();

        using BpfProgram program = file.OpenProgram("first");
        BpfTestResult result = program.Run(new BpfTestRun { Packet = s_packet, Context = new SkBuffContext { Mark = 9 }, Repeat = 3 });
        Assert.Equal((1u, 77u, 9u), (result.ReturnValue, result.Context!.Priority, result.Context.Mark));
        Assert.Equal(s_packet, result.Packet.ToArray());
        using var counters = new BpfMap<uint, ulong>(BpfMap.OpenPinned(_pins.PathOf("counters")));
        Assert.Equal(3ul, counters.Find(9));
        using BpfProgram named = file.OpenProgram("second_with_a_long_name");
        Assert.Equal("second_with_a_long_name", named.Name);
        using BpfProgram again = BpfProgram.OpenId(named.Id);
        Assert.Equal((named.Tag, "second_with_a_l"), (again.Tag, again.Name));
    }

    [Fact]
    public void Load_Disposed_ProgramsAndMapsLiveOn()
    {
        BpfProgram program;
        BpfMap map;
        using (BpfObject file = Open())
        {
            file.Load();
            program = file.OpenProgram("first");
            map = file.OpenMap("counters");
        }

        using (program)
        using (var counters = new BpfMap<uint, ulong>(map))
        {
            program.Run(new BpfTestRun { Packet = s_packet });
            Assert.Equal(1ul, counters.Find(0));
        }
    }

    [Fact]
    public void Load_MapsTweaked_AreAsTweaked()
    {
        using BpfObject file = Open();
        file.Map("counters").MaxEntries = 7;
        file.Map("counters").PinPath = _pins.PathOf("elsewhere");
        BpfObjectMap constants = file.Maps.Single(map => map.Name.EndsWith(".rodata", StringComparison.Ordinal));
        constants.SetContent(BitConverter.GetBytes(42u));

        file.Load();

        using BpfMap map = BpfMap.OpenPinned(_pins.PathOf("elsewhere"));
        Assert.Equal(7u, map.MaxEntries);
        using BpfProgram program = file.OpenProgram("first");
        Assert.Equal(42u, program.Run(new BpfTestRun { Packet = s_packet }).ReturnValue);
        Assert.Equal(Errno.EBUSY, Assert.Throws<LinuxException>(() => file.Map("counters").MaxEntries = 8).Errno);
    }

    [Fact]
    public void Load_PinnedMapPresent_IsReused()
    {
        using (BpfObject file = Open())
            file.Load();
        using BpfMap pinned = BpfMap.OpenPinned(_pins.PathOf("counters"));

        using BpfObject second = Open();
        second.Load();

        using BpfMap used = second.OpenMap("counters");
        Assert.Equal(pinned.Id, used.Id);
    }

    [Fact]
    public void Load_MapGiven_IsUsed()
    {
        using BpfMap mine = BpfMap.Create(new BpfMapSpec { Name = "mine", Type = BpfMapType.Hash, KeySize = 4, ValueSize = 8, MaxEntries = 100 });
        using BpfObject file = Open();
        file.Map("counters").PinPath = null;
        file.Map("counters").Reuse(mine);

        file.Load();

        using BpfMap used = file.OpenMap("counters");
        Assert.Equal(mine.Id, used.Id);
    }

    [Fact]
    public void Load_PinnedMapOfAnotherLayout_IsRefused()
    {
        using (BpfMap other = BpfMap.Create(new BpfMapSpec { Name = "other", Type = BpfMapType.Hash, KeySize = 4, ValueSize = 4, MaxEntries = 1 }))
            other.Pin(_pins.PathOf("counters"));
        using BpfObject file = Open();

        var error = Assert.Throws<LinuxException>(file.Load);

        Assert.Equal(Errno.EINVAL, error.Errno);
        Assert.Contains("couldn't reuse pinned map", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RefusedByVerifier_ErrorCarriesTheLog()
    {
        using BpfObject file = Open();
        file.Program("broken").AutoLoad = true;

        var error = Assert.Throws<LinuxException>(file.Load);

        Assert.Equal(Errno.EACCES, error.Errno);
        Assert.Equal(
            "load bpf object 'test': Permission denied (EACCES): prog 'broken': BPF program load failed: Permission denied: R0 invalid mem access 'map_value_or_null'",
            error.Message);
        Assert.Contains("call bpf_map_lookup_elem#1", error.Log, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => file.OpenMap("counters"));
    }

    [Fact]
    public void Open_NotAnObjectFile_SaysSo()
    {
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => BpfObject.Open("/nonexistent.o")).Errno);
        Assert.Equal(Errno.ENOEXEC, Assert.Throws<LinuxException>(() => BpfObject.Open("/etc/hostname")).Errno);
        Assert.Equal(Errno.ENOEXEC, Assert.Throws<LinuxException>(() => BpfObject.Open(new byte[100], "zeroes")).Errno);
    }

    [Fact]
    public void Open_Disposed_Throws()
    {
        BpfObject file = Open();
        BpfObjectMap map = file.Map("counters");
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(file.Load);
        Assert.Throws<ObjectDisposedException>(() => map.MaxEntries);
        Assert.Throws<KeyNotFoundException>(() => file.Map("none"));
    }

    private BpfObject Open()
    {
        BpfObject file = BpfObject.Open(CompiledBpf.Compile(Source), "test", _pins.Path);
        file.Program("broken").AutoLoad = false;
        return file;
    }
}
