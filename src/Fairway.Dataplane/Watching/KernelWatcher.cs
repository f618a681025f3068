using System.Net.Sockets;
using System.Threading.Channels;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Engine.Diagnostics;
using Fairway.Engine.Drivers;
using Fairway.Linux;
using Fairway.Linux.Events;

namespace Fairway.Dataplane.Watching;

/// <inheritdoc/>
internal sealed class KernelWatcher : IKernelWatcher, IAsyncDisposable
{
    private const RouteGroups Groups = RouteGroups.Links | RouteGroups.Addresses | RouteGroups.Routes | RouteGroups.Rules | RouteGroups.TrafficControl;

    /// <summary>Nothing tells when a pin is deleted, so that is looked at.</summary>
    private static readonly TimeSpan s_pinInterval = TimeSpan.FromMilliseconds(500);

    private readonly HostNetlink _host;
    private readonly ITimer _pinTimer;
    private readonly Action<EngineMessage> _report;
    private readonly ChangeFilter _filter;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    // One token that says "something happened", however often it happened.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public KernelWatcher(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch, DataplaneOptions options)
    {
        _host = host;
        _report = options.Report;
        _filter = new ChangeFilter(instance);
        RouteListener listener = RouteListener.Open(Groups, host.Namespace);
        _filter.Begin(host.Queries.ListLinks());
        _reading = WatchAsync(listener);
        _pinTimer = options.Time.CreateTimer(_ => LookAtPins(virtualSwitch.Pins), null, s_pinInterval, s_pinInterval);
    }

    /// <inheritdoc/>
    public async ValueTask WaitForChangeAsync(CancellationToken cancellation) => _ = await _changes.Reader.ReadAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _pinTimer.DisposeAsync();
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private void LookAtPins(KeptPins pins)
    {
        if (!pins.AreInPlace)
            _changes.Writer.TryWrite(true);
    }

    /// <summary>A listener that broke is replaced; what it missed is news. If that fails too, whoever waits hears of it.</summary>
    private async Task WatchAsync(RouteListener listener)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using (listener)
                    await ReadAsync(listener);
                if (_stop.IsCancellationRequested)
                    break;
                listener = RouteListener.Open(Groups, _host.Namespace);
                _changes.Writer.TryWrite(true);
            }
            _changes.Writer.TryComplete();
        }
        catch (LinuxException e)
        {
            _changes.Writer.TryComplete(e);
        }
    }

    private async Task ReadAsync(RouteListener listener)
    {
        try
        {
            while (true)
            {
                IReadOnlyList<RouteEvent> events = await listener.ReceiveAsync(_stop.Token);
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
            // The data plane is disposed of.
        }
        catch (SocketException e)
        {
            _report(new EngineMessage(Severity.Warning, $"listen to the kernel: {e.Message}; begun again", e));
        }
    }
}
