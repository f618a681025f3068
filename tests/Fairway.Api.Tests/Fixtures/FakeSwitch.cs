using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Fairway.Engine.Drivers;
using Fairway.Model.Flows;
using Fairway.Model.Statistics;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>A switch whose counters and events the test sets.</summary>
internal sealed class FakeSwitch : ISwitchEvents, ISwitchStatistics
{
    private readonly ConcurrentDictionary<Channel<SwitchEvent>, bool> _readers = [];

    public ConcurrentDictionary<uint, PortStatistics> Ports { get; } = [];

    public ConcurrentDictionary<DropReason, ulong> DropCounts { get; } = [];

    public int Readers => _readers.Count;

    public void Report(SwitchEvent seen)
    {
        foreach (var reader in _readers.Keys) reader.Writer.TryWrite(seen);
    }

    public async IAsyncEnumerable<SwitchEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateUnbounded<SwitchEvent>();
        _readers[channel] = true;
        try
        {
            await foreach (var seen in channel.Reader.ReadAllAsync(cancellation)) yield return seen;
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }

    public PortStatistics Read(uint port) => Ports.GetValueOrDefault(port, new PortStatistics(0, 0, 0, 0, 0, 0));

    public IReadOnlyDictionary<DropReason, ulong> Drops() => DropCounts;

    public long Flows() => 7;
}
