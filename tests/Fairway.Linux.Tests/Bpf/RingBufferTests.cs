using System.Runtime.InteropServices;
using Fairway.Linux.Bpf;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Bpf;

public sealed class RingBufferTests : IDisposable
{
    /// <summary>Mark: length of the record. Priority: 1 without waking the reader, 2 discarded.</summary>
    private const string Source = """
        struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
        __u32 sequence;

        SEC("tc") int emit(struct __sk_buff *skb)
        {
                __u32 *record = bpf_ringbuf_reserve(&events, 12, 0);
                if (!record)
                        return 1;
                record[0] = ++sequence;
                record[1] = skb->mark;
                record[2] = 0xabcdef;
                if (skb->priority == 2)
                        bpf_ringbuf_discard(record, 0);
                else
                        bpf_ringbuf_submit(record, skb->priority == 1 ? BPF_RB_NO_WAKEUP : 0);
                return 0;
        }
        """;

    private readonly BpfProgram _emit;
    private readonly RingBufferReader _reader;

    public RingBufferTests()
    {
        using BpfObject file = BpfObject.Open(CompiledBpf.Compile(Source), "ring");
        file.Load();
        _emit = file.OpenProgram("emit");
        _reader = new RingBufferReader(file.OpenMap("events"));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _emit.Dispose();
    }

    [Fact]
    public void Consume_Records_InOrderAndWhole()
    {
        Emit(mark: 5);
        Emit(mark: 6, priority: 2);
        Emit(mark: 7);

        var records = new List<uint[]>();
        Assert.Equal(2, _reader.Consume(record => records.Add(MemoryMarshal.Cast<byte, uint>(record).ToArray())));
        Assert.Equal([[1, 5, 0xabcdef], [3, 7, 0xabcdef]], records);
        Assert.Equal(0, _reader.Consume(_ => Assert.Fail("nothing was left")));
    }

    [Fact]
    public void Consume_ManyTimesTheSizeOfTheBuffer_LosesNothing()
    {
        uint next = 1;
        for (int round = 0; round < 1000; round++)
        {
            for (int i = 0; i < 7; i++)
                Assert.Equal(0u, Emit());
            _reader.Consume(record => Assert.Equal(next++, MemoryMarshal.Read<uint>(record)));
        }
        Assert.Equal(7001u, next);
    }

    [Fact]
    public void Consume_AfterTheBufferWasFull_GoesOn()
    {
        int written = 0;
        while (Emit(priority: 1) == 0)
            written++;
        Assert.Equal(4096 / 24, written);

        Assert.False(_reader.Wait(TimeSpan.Zero) && _reader.Consume(static _ => { }) == 0);
        _reader.Consume(static _ => { });
        Assert.Equal(0u, Emit());
        Assert.Equal(1, _reader.Consume(static _ => { }));
    }

    [Fact]
    public void Consume_HandlerThrows_RecordIsGoneAndTheNextIsThere()
    {
        Emit(mark: 1);
        Emit(mark: 2);

        Assert.Throws<FormatException>(() => _reader.Consume(_ => throw new FormatException()));

        Assert.Equal(1, _reader.Consume(record => Assert.Equal(2u, MemoryMarshal.Cast<byte, uint>(record)[1])));
    }

    [Fact]
    public void Wait_NothingHappens_IsFalseAfterTheTime() => Assert.False(_reader.Wait(TimeSpan.FromMilliseconds(20)));

    [Fact]
    public async Task Run_RecordsAndCancellation_AreSeenAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var seen = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task reading = _reader.RunAsync(record => seen.TrySetResult(MemoryMarshal.Cast<byte, uint>(record)[1]), TimeSpan.FromHours(1), stop.Token);

        Emit(mark: 99);

        Assert.Equal(99u, await seen.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_UnannouncedRecords_AreFoundAfterTheInterval()
    {
        using var stop = new CancellationTokenSource();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task reading = _reader.RunAsync(_ => seen.TrySetResult(), TimeSpan.FromMilliseconds(10), stop.Token);

        while (Emit(priority: 1) == 0)
        {
        }

        await seen.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_HandlerThrows_EndsWithIt()
    {
        Emit();
        Task reading = _reader.RunAsync(_ => throw new FormatException("bad"), TimeSpan.FromHours(1), CancellationToken.None);
        await Assert.ThrowsAsync<FormatException>(() => reading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Reader_OfAnotherMap_IsRefused()
    {
        using BpfMap map = BpfMap.Create(new BpfMapSpec { Type = BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1 });
        Assert.Throws<ArgumentException>(() => new RingBufferReader(map));
    }

    [Fact]
    public void Reader_Disposed_Throws()
    {
        _reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _reader.Consume(static _ => { }));
        Assert.Throws<ObjectDisposedException>(() => _reader.Wait(TimeSpan.Zero));
    }

    private uint Emit(uint mark = 0, uint priority = 0) => _emit.Run(new BpfTestRun
    {
        Packet = new byte[64],
        Context = new SkBuffContext { Mark = mark, Priority = priority },
    }).ReturnValue;
}
