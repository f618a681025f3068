using System.Diagnostics;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>Out of a NAT network: the LAN sees the host, and only the host.</summary>
public sealed class OutboundTests(OutboundTests.Setup setup) : IClassFixture<OutboundTests.Setup>
{
    public static TheoryData<string, string> LanAddresses => new()
    {
        { Machine.LanAddress4, Machine.HostAddress4 },
        { Machine.LanAddress6, Machine.HostAddress6 },
    };

    [Theory]
    [MemberData(nameof(LanAddresses))]
    public async Task Tcp_ToTheLan_ComesFromTheHost(string lan, string host)
    {
        Answer answer = await setup.C1.CallTcpAsync(lan, Setup.Port);
        Assert.Equal(host, answer.SeenAs.ToString());
    }

    [Theory]
    [MemberData(nameof(LanAddresses))]
    public async Task Udp_ToTheLan_ComesFromTheHost(string lan, string host)
    {
        Answer answer = await setup.C1.CallUdpAsync(lan, Setup.Port);
        Assert.Equal((host, lan), (answer.SeenAs.ToString(), answer.From.ToString()));
    }

    [Theory]
    [MemberData(nameof(LanAddresses))]
    public async Task Ping_ToTheLan_IsAnswered(string lan, string host)
    {
        Assert.NotNull(host);
        Assert.True(await setup.C1.PingAsync(lan, count: 3));
    }

    [Fact]
    public async Task ManyConnections_FromTwoEndpoints_AllArrive()
    {
        IEnumerable<Task<Answer>> calls = Enumerable.Range(0, 200)
            .Select(i => (i % 2 == 0 ? setup.C1 : setup.C2).CallTcpAsync(i % 4 < 2 ? Machine.LanAddress4 : Machine.LanAddress6, Setup.Port));
        foreach (Answer answer in await Task.WhenAll(calls))
            Assert.Contains(answer.SeenAs.ToString(), (string[])[Machine.HostAddress4, Machine.HostAddress6]);
    }

    [Fact]
    public async Task NoRoute_FailsAtOnce_InsteadOfTimingOut()
    {
        CommandResult result = await setup.C1.RunAsync("ping", "-n", "-c", "1", "-W", "2", "203.0.113.9");
        Assert.Contains("Destination Net Unreachable", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TracepathHop_TtlRunsOut_AtTheGateway()
    {
        CommandResult result = await setup.C1.RunAsync("ping", "-n", "-c", "1", "-t", "1", "-W", "2", Machine.LanAddress4);
        Assert.Contains($"From {await setup.Machine.GatewayAsync("web", 4)}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OversizePacket_IsAnswered_WithTheMtu()
    {
        // The endpoint's own interface allows 1500; the way out less.
        await setup.Machine.Host.RunAsync("ip", "link", "set", "up0", "mtu", "1400");
        try
        {
            // The daemon hears of the change by itself; until then the packet is lost at the device.
            CommandResult result;
            long start = Stopwatch.GetTimestamp();
            do
                result = await setup.C1.RunAsync("ping", "-n", "-c", "1", "-M", "do", "-s", "1450", "-W", "1", Machine.LanAddress4);
            while (!result.Output.Contains("(mtu = 1400)", StringComparison.Ordinal) && Stopwatch.GetElapsedTime(start) < Place.Patience);
            Assert.Contains($"From {await setup.Machine.GatewayAsync("web", 4)} icmp_seq=1 Frag needed and DF set (mtu = 1400)", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            await setup.Machine.Host.RunAsync("ip", "link", "set", "up0", "mtu", "1500");
        }
    }

    [Fact]
    public async Task FragmentedDatagram_BothWays_Arrives()
    {
        CommandResult result = await setup.C1.RunAsync("ping", "-n", "-c", "2", "-i", "0.2", "-s", "4000", "-W", "2", Machine.LanAddress4);
        Assert.Equal(0, result.ExitCode);
    }

    public sealed class Setup : IAsyncLifetime
    {
        public const int Port = 7100;

        public Machine Machine { get; } = new();

        internal Place C1 { get; private set; } = null!;

        internal Place C2 { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            Machine.Lan.ServeTcp(Port).ServeUdp(Port);
            await Machine.DoAsync("network create web");
            C1 = await Machine.AddAsync("c1", "web");
            C2 = await Machine.AddAsync("c2", "web");
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
