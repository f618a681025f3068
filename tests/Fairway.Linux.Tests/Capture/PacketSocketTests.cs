using System.Net;
using Fairway.Linux.Capture;
using Fairway.Linux.Routing;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Capture;

public sealed class PacketSocketTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly TestNamespace _there = new();
    private readonly int _link;

    public PacketSocketTests()
    {
        _here.Route.CreateLink(new VethSpec { Name = "a", Up = true, Peer = new VethPeerSpec { Name = "b", Namespace = _there.Namespace } });
        _there.Route.SetLink("b", new LinkChange { Up = true });
        _link = _here.Route.GetLink("a").Index;
        _here.Route.AddAddress(new InterfaceAddress { LinkIndex = _link, Address = IPAddress.Parse("10.9.0.1"), PrefixLength = 24 });
        _there.Route.AddAddress(new InterfaceAddress { LinkIndex = _there.Route.GetLink("b").Index, Address = IPAddress.Parse("10.9.0.2"), PrefixLength = 24 });
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void Receive_Ping_BothWaysWithTimesAndLengths()
    {
        // Before it listens: what the kernel sends by itself is captured too.
        long before = Now();
        using PacketSocket capture = PacketSocket.Open(_link, _here.Namespace, new PacketSocketOptions { SnapLength = 60, Promiscuous = true });

        _here.Exec("ping", "-c", "2", "-i", "0.01", "-s", "100", "10.9.0.2");

        var pings = new List<(bool Outgoing, int Length, int Kept)>();
        while (capture.TryReceive(out CapturedPacket packet))
        {
            Assert.InRange(packet.Timestamp, before, Now());
            if (packet.Data[12] == 8 && packet.Data[13] == 0)
                pings.Add((packet.IsOutgoing, packet.OriginalLength, packet.Data.Length));
        }
        Assert.Equal([(true, 142, 60), (false, 142, 60), (true, 142, 60), (false, 142, 60)], pings);
        Assert.Equal(1, capture.LinkLayerType);
        PacketStatistics statistics = capture.ReadStatistics();
        Assert.True(statistics.Received >= 4);
        Assert.Equal((0ul, statistics), (statistics.Dropped, capture.ReadStatistics()));
        Assert.True(_here.Exec("ip", "-d", "link", "show", "a").Contains("promiscuity 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Receive_TooSlow_CountsWhatWasDropped()
    {
        using PacketSocket capture = PacketSocket.Open(_link, _here.Namespace, new PacketSocketOptions { ReceiveBuffer = 1 });

        _here.Exec("ping", "-c", "20", "-i", "0.002", "-s", "1400", "10.9.0.2");

        Assert.True(capture.ReadStatistics().Dropped > 0);
    }

    [Fact]
    public async Task Run_UntilCancelled_HandsOverPackets()
    {
        using PacketSocket capture = PacketSocket.Open(_link, _here.Namespace);
        using var stop = new CancellationTokenSource();
        int count = 0;
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task running = capture.RunAsync((scoped in packet) =>
        {
            if (++count == 4)
                seen.TrySetResult();
        }, stop.Token);

        _here.Exec("ping", "-c", "2", "-i", "0.01", "10.9.0.2");

        await seen.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_LinkDeleted_EndsWithAnError()
    {
        using PacketSocket capture = PacketSocket.Open(_link, _here.Namespace);
        Task running = capture.RunAsync(static (scoped in _) => { }, CancellationToken.None);

        _here.Route.DeleteLink(_link);

        var error = await Assert.ThrowsAsync<LinuxException>(() => running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Equal(Errno.ENETDOWN, error.Errno);
    }

    [Fact]
    public void Open_NoSuchLink_SaysWhich()
    {
        var error = Assert.Throws<LinuxException>(() => PacketSocket.Open(4711, _here.Namespace));
        Assert.StartsWith("capture on link '4711': No such device (ENODEV)", error.Message, StringComparison.Ordinal);
    }

    private static long Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
}
