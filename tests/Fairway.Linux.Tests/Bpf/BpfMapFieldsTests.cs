using Fairway.Linux.Bpf;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Bpf;

public sealed class BpfMapFieldsTests
{
    private const string Text = """
        struct inner { __u32 word[4]; };
        typedef struct { __u8 kind; struct inner from; const __u16 port; } row;
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, struct inner); __type(value, row); } rows SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u64); } plain SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __uint(key_size, 4); __uint(value_size, 12); } silent SEC(".maps");
        SEC("tc") int program(struct __sk_buff *skb)
        {
            __u32 zero = 0;
            struct inner key = {};
            return bpf_map_lookup_elem(&plain, &zero) && bpf_map_lookup_elem(&silent, &zero) && bpf_map_lookup_elem(&rows, &key);
        }
        """;

    [Fact]
    public void Fields_AreThoseOfTheText()
    {
        using BpfObject loaded = BpfObject.Open(CompiledBpf.Compile(Text), "fields");
        loaded.Load();
        using BpfMap rows = loaded.OpenMap("rows");
        var (key, value) = rows.ReadFields();
        Assert.Equal([new BtfField("word", 0, 16)], key);
        Assert.Equal([new BtfField("kind", 0, 1), new BtfField("from.word", 4, 16), new BtfField("port", 20, 2)], value);
    }

    [Fact]
    public void Fields_OfARowThatIsNoStruct_AreOneWithoutAName()
    {
        using BpfObject loaded = BpfObject.Open(CompiledBpf.Compile(Text), "fields");
        loaded.Load();
        using BpfMap plain = loaded.OpenMap("plain");
        var (key, value) = plain.ReadFields();
        Assert.Equal([new BtfField("", 0, 4)], key);
        Assert.Equal([new BtfField("", 0, 8)], value);
    }

    [Fact]
    public void Fields_ThatWereNotDescribed_AreNone()
    {
        using BpfObject loaded = BpfObject.Open(CompiledBpf.Compile(Text), "fields");
        loaded.Load();
        using BpfMap silent = loaded.OpenMap("silent");
        Assert.Empty(silent.ReadFields().Value);
    }
}
