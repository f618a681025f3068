using Fairway.Linux.Bpf;
using Fairway.Linux.Tc;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Tc;

public sealed class BpfFilterTests : IDisposable
{
    private const string Source = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, __u32); __type(value, __u32); } seen SEC(".maps");

        SEC("tc") int note(struct __sk_buff *skb)
        {
                __u32 key = skb->tc_classid, value = 1;
                bpf_map_update_elem(&seen, &key, &value, BPF_ANY);
                return TC_ACT_OK;
        }
        """;

    private readonly TestNamespace _here = new();
    private readonly BpfProgram _note;
    private readonly BpfMap<uint, uint> _seen;
    private readonly int _link;

    public BpfFilterTests()
    {
        using BpfObject file = BpfObject.Open(CompiledBpf.Compile(Source), "filter");
        file.Load();
        _note = file.OpenProgram("note");
        _seen = new BpfMap<uint, uint>(file.OpenMap("seen"));
        _here.Namespace.SetLoopbackUp();
        _link = _here.Route.GetLink("lo").Index;
        _here.Route.AddClsact(_link);
    }

    public void Dispose()
    {
        _seen.Dispose();
        _note.Dispose();
        _here.Dispose();
    }

    [Fact]
    public void Filter_WithClassId_ProgramReadsItsMinor()
    {
        _here.Route.AddBpfFilter(Filter(classId: 0x0001_4007));
        _here.Exec("ping", "-c", "1", "127.0.0.1");
        Assert.Equal([0x4007u], _seen.TakeAll().Select(entry => entry.Key));

        _here.Route.ReplaceBpfFilter(Filter(classId: 9));
        _here.Exec("ping", "-c", "1", "127.0.0.1");
        Assert.Equal([9u], _seen.TakeAll().Select(entry => entry.Key));
    }

    [Fact]
    public void Filter_Listed_IsAsAsked()
    {
        _here.Route.AddBpfFilter(Filter(classId: 0x0001_4007));
        _here.Route.AddBpfFilter(Filter(classId: 0) with { Preference = 8, Direction = TrafficDirection.Egress });

        TcFilter filter = Assert.Single(_here.Route.ListFilters(_link, TrafficDirection.Ingress));
        Assert.Equal((7, 5u, "note", 0x0001_4007u, true), (filter.Preference, filter.Handle, filter.Name, filter.ClassId, filter.DirectAction));
        Assert.Equal((_note.Id, _note.Tag), (filter.ProgramId, filter.ProgramTag));
        Assert.Equal(0u, Assert.Single(_here.Route.ListFilters(_link, TrafficDirection.Egress)).ClassId);
        Assert.Contains("flowid 1:4007", _here.Exec("tc", "filter", "show", "dev", "lo", "ingress"), StringComparison.Ordinal);
        Assert.True(_here.Route.DeleteBpfFilter(Filter(0)));
        Assert.False(_here.Route.DeleteBpfFilter(Filter(0)));
    }

    private BpfFilterSpec Filter(uint classId) => new()
    {
        LinkIndex = _link,
        Direction = TrafficDirection.Ingress,
        Preference = 7,
        Handle = 5,
        Program = _note,
        Name = "note",
        ClassId = classId,
    };
}
