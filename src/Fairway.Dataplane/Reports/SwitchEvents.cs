using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Linux.Bpf;
using Fairway.Model.Flows;

namespace Fairway.Dataplane.Reports;

/// <inheritdoc/>
/// <remarks>One thread reads the ring buffer for all readers, from the first one's coming to the last one's leaving.</remarks>
internal sealed class SwitchEvents(VirtualSwitch virtualSwitch, TimeProvider time) : ISwitchEvents, IAsyncDisposable
{
    private const int Room = 4096;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly List<Reader> _readers = [];
    private readonly SemaphoreSlim _coming = new(1);
    private CancellationTokenSource? _stop;
    private Task _reading = Task.CompletedTask;
    private bool _disposed;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SwitchEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = new Reader();
        await JoinAsync(reader, cancellation);
        try
        {
            await foreach (SwitchEvent happened in reader.Events.Reader.ReadAllAsync(cancellation))
                yield return happened;
        }
        finally
        {
            await LeaveAsync(reader);
        }
    }

    /// <summary>Readers end as if the stream were over; the switch stops reporting.</summary>
    public async ValueTask DisposeAsync()
    {
        await _coming.WaitAsync(CancellationToken.None);
        try
        {
            _disposed = true;
            Reader[] left = Snapshot();
            foreach (Reader reader in left)
                reader.Events.Writer.TryComplete();
            virtualSwitch.ChangeWatchers(-left.Length);
            await StopAsync();
        }
        finally
        {
            _coming.Release();
        }
    }

    private async Task JoinAsync(Reader reader, CancellationToken cancellation)
    {
        await _coming.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            lock (_readers)
                _readers.Add(reader);
            if (_stop is null)
                Start();
            virtualSwitch.ChangeWatchers(1);
        }
        finally
        {
            _coming.Release();
        }
    }

    private async Task LeaveAsync(Reader reader)
    {
        await _coming.WaitAsync(CancellationToken.None);
        try
        {
            if (_disposed)
                return;
            virtualSwitch.ChangeWatchers(-1);
            bool last;
            lock (_readers)
            {
                _readers.Remove(reader);
                last = _readers.Count == 0;
            }
            if (last)
                await StopAsync();
        }
        finally
        {
            _coming.Release();
        }
    }

    private void Start()
    {
        _stop = new CancellationTokenSource();
        var buffer = new RingBufferReader(BpfMap.OpenId(virtualSwitch.Maps.Events.Id));
        // What was reported before anybody looked is no news.
        buffer.Consume(_ => { });
        _reading = ReadBufferAsync(buffer, _stop.Token);
    }

    private async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stop, null) is not { } stop)
            return;
        await stop.CancelAsync();
        await _reading;
        stop.Dispose();
    }

    private async Task ReadBufferAsync(RingBufferReader buffer, CancellationToken stop)
    {
        using (buffer)
            await buffer.RunAsync(Deliver, s_look, stop);
    }

    private void Deliver(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Unsafe.SizeOf<EventRecord>())
            return;
        SwitchEvent happened = ToEvent(MemoryMarshal.Read<EventRecord>(bytes));
        foreach (Reader reader in Snapshot())
            reader.Offer(happened);
    }

    private Reader[] Snapshot()
    {
        lock (_readers)
            return [.. _readers];
    }

    private SwitchEvent ToEvent(in EventRecord record) => new(
        WallTime(record.Time),
        (FlowEventKind)record.Kind,
        (DropReason)record.Reason,
        record.Protocol,
        record.Network,
        record.InPort,
        record.OutPort,
        AddressOf(record.Source),
        BinaryPrimitives.ReverseEndianness(record.SourcePort),
        AddressOf(record.Destination),
        BinaryPrimitives.ReverseEndianness(record.DestinationPort),
        record.Length,
        record.Missed,
        RuleOf(record.OutRule),
        RuleOf(record.InRule));

    private static DecidingRule RuleOf(RuleReference rule) => rule.Owner >= SwitchLimits.RulesOfNetwork
        ? new DecidingRule(0, rule.Owner - SwitchLimits.RulesOfNetwork, rule.Number)
        : new DecidingRule(rule.Owner, 0, rule.Number);

    private static IPAddress? AddressOf(MappedAddress address) => address == MappedAddress.None ? null : address.ToAddress();

    /// <summary>The switch counts nanoseconds of CLOCK_MONOTONIC, and so does <see cref="Stopwatch"/>.</summary>
    private DateTimeOffset WallTime(ulong nanoseconds)
    {
        double ago = (Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency)) - nanoseconds;
        return time.GetUtcNow() - TimeSpan.FromMicroseconds(ago / 1000);
    }

    private sealed class Reader
    {
        private uint _missed;

        public Channel<SwitchEvent> Events { get; } = Channel.CreateBounded<SwitchEvent>(new BoundedChannelOptions(Room) { SingleReader = true, SingleWriter = true });

        /// <summary>A slow reader loses events and hears how many with the next one it gets.</summary>
        public void Offer(SwitchEvent happened)
        {
            if (Events.Writer.TryWrite(_missed == 0 ? happened : happened with { Missed = happened.Missed + _missed }))
                _missed = 0;
            else
                _missed += 1 + happened.Missed;
        }
    }
}
