using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Wire;
using Fairway.Torture.Tests.Fixtures;
using Fairway.Torture.Tests.Hostile;

namespace Fairway.Torture.Tests.Load;

/// <summary>One endpoint fills what all share: it meets its own quota, and the others notice nothing.</summary>
public sealed class TableTests : IAsyncLifetime
{
    private const int Flood = 60_000;

    private readonly Machine _machine = new();
    private Place _mallory = null!;
    private Place _neighbour = null!;

    public async ValueTask InitializeAsync()
    {
        await _machine.InitializeAsync();
        await _machine.DoAsync("network create web");
        _mallory = await _machine.AddAsync("mallory", "web");
        _neighbour = await _machine.AddAsync("neighbour", "web", "--publish 8080:80");
        _neighbour.ServeEcho(80);
        _machine.Lan.ServeEcho(7400);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task FlowTable_FilledByOne_ServesTheOthers()
    {
        using Socket outward = await _neighbour.ConnectAsync(Machine.LanAddress4, 7400);
        using Socket inward = await _machine.Lan.ConnectAsync(Machine.HostAddress4, 8080);
        // Nobody answers there: the connections stay half open.
        (await _machine.Lan.RunAsync("nft", "add table inet sink { chain i { type filter hook input priority 0; tcp dport 9-10 drop; }; }")).Expect();
        var before = await DropCounters.ReadAsync(_machine);
        await FloodAsync();
        string drops = DropCounters.Difference(before, await DropCounters.ReadAsync(_machine));
        Assert.Contains("Quota", drops, StringComparison.Ordinal);
        await Echo.CheckAsync(outward, inward);
        using Socket later = await _neighbour.ConnectAsync(Machine.LanAddress4, 7400);
        using Socket published = await _machine.Lan.ConnectAsync(Machine.HostAddress6, 8080);
        await Echo.CheckAsync(later, published);
        Run.Tell($"{Flood} first packets of connections by one endpoint: {drops}; its neighbour's old and new connections work");
    }

    [Fact]
    public async Task Events_MoreThanAnybodyReads_AreCountedAsMissed_AndDoNotEnd()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using var events = _machine.Client.WatchFlowsAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        using var mallory = new RawPort(_mallory, "eth0");
        Party self = await Party.OfAsync(_machine, "mallory"), other = await Party.OfAsync(_machine, "neighbour");
        byte[] spoofed = Frame.Of(other.Mac, self.Mac, new Packet(IPAddress.Parse("203.0.113.7"), other.V4, Segment.Udp(1, 2)));
        var before = await DropCounters.ReadAsync(_machine);
        Task<bool> first = events.MoveNextAsync().AsTask();
        // Nothing is reported until the stream has begun.
        while (!first.IsCompleted)
        {
            mallory.Send(spoofed);
            await Task.WhenAny(first, Task.Delay(20, patience.Token));
        }
        // Nobody reads meanwhile.
        for (int i = 0; i < Flood; i++)
            mallory.Send(spoofed);
        long reported = 1, missed = 0;
        byte[] marked = Frame.Of(new MacAddress(0x02DEADBEEF03), new MacAddress(0x02DEADBEEF04), new Packet(self.V4, other.V4, Segment.Udp(1, 2)));
        Task<bool> next = events.MoveNextAsync().AsTask();
        while (true)
        {
            while (!next.IsCompleted)
            {
                mallory.Send(marked);
                await Task.WhenAny(next, Task.Delay(20, patience.Token));
            }
            Assert.True(await next, "the stream ended");
            reported++;
            missed += events.Current.Missed;
            // Each CPU tells what it did not send with its own next event.
            if (missed > 0 && events.Current.Reason == DropReason.SourceMac)
                break;
            next = events.MoveNextAsync().AsTask();
        }
        string drops = DropCounters.Difference(before, await DropCounters.ReadAsync(_machine));
        Assert.True(reported < Flood, $"all {reported} were reported, and {missed} missed; {drops}");
        Run.Tell($"{Flood} drops while nobody read: {reported} reported, {missed} counted as missed, and the stream goes on");
    }

    private async Task FloodAsync()
    {
        using var mallory = new RawPort(_mallory, "eth0");
        Party self = await Party.OfAsync(_machine, "mallory");
        string entry = (await _mallory.RunAsync("ip", "neigh", "show", await _machine.GatewayAsync("web", 4))).Expect();
        MacAddress gateway = MacAddress.FromBytes(Convert.FromHexString(entry.Split("lladdr ")[1].Split(' ')[0].Replace(":", "", StringComparison.Ordinal)));
        for (int i = 0; i < Flood; i++)
            mallory.Send(self.To(gateway, IPAddress.Parse(Machine.LanAddress4), Segment.Tcp(1024 + (i % 60000), 9 + (i / 60000), TcpFlags.Syn)));
    }
}
