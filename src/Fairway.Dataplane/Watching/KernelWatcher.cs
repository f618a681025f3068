using System.Threading.Channels;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Engine.Drivers;
using Fairway.Linux.Events;

namespace Fairway.Dataplane.Watching;

/// <inheritdoc/>
internal sealed class KernelWatcher : IKernelWatcher, IAsyncDisposable
{
    private const RouteGroups Groups = RouteGroups.Links | RouteGroups.Addresses | RouteGroups.Routes | RouteGroups.Rules | RouteGroups.TrafficControl;

    private readonly RouteListener _listener;
    private readonly ChangeFilter _filter;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    // One token that says "something happened", however often it happened.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public KernelWatcher(HostNetlink host, Instance instance)
    {
        _listener = RouteListener.Open(Groups, host.Namespace);
        _filter = new ChangeFilter(instance);
        _filter.Begin(host.Queries.ListLinks());
        _reading = ReadAsync();
    }

    /// <inheritdoc/>
    public async ValueTask WaitForChangeAsync(CancellationToken cancellation) => _ = await _changes.Reader.ReadAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                IReadOnlyList<RouteEvent> events = await _listener.ReceiveAsync(_stop.Token);
                bool look = false;
                // Every event counts for the filter's own picture.
                foreach (RouteEvent happened in events)
                    look |= _filter.IsOfInterest(happened);
                if (look)
                    _changes.Writer.TryWrite(true);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _changes.Writer.TryComplete();
        }
    }
}
