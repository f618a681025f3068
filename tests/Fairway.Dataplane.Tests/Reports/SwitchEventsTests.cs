using System.Net;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Model.Flows;

namespace Fairway.Dataplane.Tests.Reports;

public sealed class SwitchEventsTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly TestSpace _space;

    public SwitchEventsTests()
    {
        NetworkPlan network = Plans.Network(3);
        _host.Dataplane.Drivers.Networks.Apply([network]);
        _space = _host.CreateSpace();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(network, _space, 5));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Drop_IsReported_WithAllThatIsKnown()
    {
        DateTimeOffset begin = TimeProvider.System.GetUtcNow();
        SwitchEvent drop = await FirstAsync(happened => happened.Reason == DropReason.SourceAddress, () =>
        {
            _space.Try("ip", "address", "add", "10.77.0.99/24", "dev", "eth0");
            _space.Try("ping", "-c1", "-W1", "-I", "10.77.0.99", "10.77.0.1");
        });
        Assert.Equal(FlowEventKind.Drop, drop.Kind);
        Assert.Equal(3u, drop.Network);
        Assert.Equal(5u, drop.InPort);
        Assert.Equal(1, drop.Protocol);
        Assert.Equal(IPAddress.Parse("10.77.0.99"), drop.Source);
        Assert.Equal(IPAddress.Parse("10.77.0.1"), drop.Destination);
        Assert.Equal(98u, drop.Length);
        Assert.InRange(drop.Time, begin - TimeSpan.FromSeconds(1), TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task NewConnection_IsReported_WithItsPorts()
    {
        using var server = new TcpEcho(_space, "10.77.0.6", 80);
        SwitchEvent flow = await FirstAsync(happened => happened.Kind == FlowEventKind.NewFlow && happened.DestinationPort == 80,
            () => TcpEcho.AskAsync(_host.Namespace, "10.77.0.6", 80).GetAwaiter().GetResult());
        Assert.Equal(6, flow.Protocol);
        Assert.Equal(5u, flow.OutPort);
        Assert.Equal(IPAddress.Parse("10.77.0.6"), flow.Destination);
        Assert.NotEqual(0, flow.SourcePort);
    }

    [Fact]
    public async Task Watchers_AreCounted_FromTheFirstToTheLast()
    {
        Assert.Equal(0u, _host.Dataplane.Switch.Config.Watchers);
        using var stop = new CancellationTokenSource();
        Task one = ReadAsync(stop.Token);
        using (var short_ = new CancellationTokenSource())
        {
            Task two = ReadAsync(short_.Token);
            await Eventually.IsTrueAsync(() => _host.Dataplane.Switch.Config.Watchers == 2, "two readers are not counted");
            await short_.CancelAsync();
            await two;
            Assert.Equal(1u, _host.Dataplane.Switch.Config.Watchers);
        }
        await stop.CancelAsync();
        await one;
        Assert.Equal(0u, _host.Dataplane.Switch.Config.Watchers);
    }

    [Fact]
    public async Task Reader_EndsWithTheDataplane()
    {
        Task reading = ReadAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => _host.Dataplane.Switch.Config.Watchers == 1, "the reader is not counted");
        await _host.Dataplane.DisposeAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await _host.RestartAsync();
        Assert.Equal(0u, _host.Dataplane.Switch.Config.Watchers);
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            await foreach (SwitchEvent _ in _host.Dataplane.Events.ReadAsync(stop))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // as asked
        }
    }

    private async Task<SwitchEvent> FirstAsync(Func<SwitchEvent, bool> wanted, Action cause)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Task<SwitchEvent> reading = Task.Run(async () =>
        {
            await foreach (SwitchEvent happened in _host.Dataplane.Events.ReadAsync(patience.Token))
            {
                if (wanted(happened))
                    return happened;
            }
            throw new InvalidOperationException("the stream is over");
        });
        await Eventually.IsTrueAsync(() => _host.Dataplane.Switch.Config.Watchers > 0, "the reader is not counted");
        cause();
        return await reading;
    }
}
