using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Statistics;

namespace Fairway.EndToEnd.Tests;

/// <summary>Load balancers in overlay networks: a host's own endpoints call backends of this host and of others.</summary>
public sealed class OverlayLoadBalancerTests(OverlayTests.Setup setup) : IClassFixture<OverlayTests.Setup>, IAsyncLifetime
{
    private const string Vip4 = "10.97.0.10";
    private const string Vip6 = "fd97::10";
    private const int Echo = 5301;

    private Machine Here => setup.Fabric.Hosts[0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
        => await Here.DoAsync($"loadbalancer create pets --vip {Vip4} --vip {Vip6} --port 80:80 --port 80:80/udp --port {Echo}:{Echo} --backend pods1 --backend pods2 --backend pods3");

    public async ValueTask DisposeAsync() => await Here.DoAsync("loadbalancer delete pets");

    [Theory]
    [InlineData(4, Vip4)]
    [InlineData(6, Vip6)]
    public async Task Calls_AreSpreadOverThreeHosts_AndAnsweredByTheVip(int version, string vip)
    {
        ulong[] before = await ReceivedAsync();
        HashSet<string> callers = [];
        for (int i = 0; i < 30; i++)
        {
            Answer tcp = await setup.Of(1).CallTcpAsync(vip, 80), udp = await setup.Of(1).CallUdpAsync(vip, 80);
            Assert.Equal((vip, vip), (tcp.From.ToString(), udp.From.ToString()));
            callers.UnionWith([tcp.SeenAs.ToString(), udp.SeenAs.ToString()]);
        }
        ulong[] after = await ReceivedAsync();
        Assert.All(before.Zip(after), counts => Assert.True(counts.Second > counts.First, "each host's endpoint gets callers"));
        // As itself on the other hosts; the endpoint that calls itself comes from its gateway.
        Assert.Equal(version == 4 ? ["10.50.0.1", Setup(version)] : ["fd50::1", Setup(version)], callers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Connection_OutlivesTheDaemon_AndItsBackendsWithdrawal()
    {
        for (int host = 1; host <= 3; host++)
            setup.Of(host).ServeEcho(Echo);
        List<Socket> connections = [];
        for (int i = 0; i < 9; i++)
            connections.Add(await setup.Of(1).ConnectAsync(i % 2 == 0 ? Vip4 : Vip6, Echo));
        await Here.KillDaemonAsync();
        foreach (Socket connection in connections)
            await EchoAsync(connection, 100_000);
        await Here.StartDaemonAsync();
        await Here.DoAsync("loadbalancer remove pets pods2");
        ulong[] before = await ReceivedAsync();
        for (int i = 0; i < 12; i++)
            await setup.Of(1).CallTcpAsync(Vip4, 80);
        Assert.Equal(before[1], (await ReceivedAsync())[1]);
        foreach (Socket connection in connections)
        {
            await EchoAsync(connection, 10_000);
            connection.Dispose();
        }
    }

    [Fact]
    public async Task RemoteEndpoint_ThatIsDeleted_TakesNoMoreCalls()
    {
        await Here.DoAsync("endpoint delete pods3");
        for (int i = 0; i < 20; i++)
            await setup.Of(1).CallUdpAsync(Vip4, 80);
        await Here.DoAsync($"endpoint create pods3 --network pods --ip {OverlayTests.Setup.AddressOf(4, 3)} --ip {OverlayTests.Setup.AddressOf(6, 3)} --mac {OverlayTests.Setup.MacOf(3)} --remote {Fabric.Address(3)}");
        Assert.True(await setup.Of(1).PingAsync(OverlayTests.Setup.AddressOf(4, 3)));
    }

    /// <summary>Who is not of the network has no address that its other hosts could answer.</summary>
    [Fact]
    public async Task HostAndOtherNetworks_AreNotServed_AndAreToldWhy()
    {
        await Here.DoAsync("network create natted");
        Place nat = await Here.AddAsync("nat1", "natted");
        Assert.False(await Here.Host.ReachesTcpAsync(Vip4, 80));
        Assert.False(await nat.ReachesTcpAsync(Vip4, 80));
        CommandResult explained = await Here.FairwayAsync("explain", "nat1", "pets:80");
        Assert.Contains("its backends are of network 'pods', and the caller is not", explained.Output, StringComparison.Ordinal);
        explained = await Here.FairwayAsync("explain", "pods1", "pets:80");
        Assert.Contains("one of 3 backends gets it", explained.Output, StringComparison.Ordinal);
        CommandResult mixed = await Here.FairwayAsync("loadbalancer", "add", "pets", "nat1");
        Assert.Contains("make a load balancer for each of them", mixed.Errors, StringComparison.Ordinal);
        await Here.RemoveAsync("nat1");
        await Here.DoAsync("network delete natted");
    }

    private static string Setup(int version) => OverlayTests.Setup.AddressOf(version, 1);

    private async Task<ulong[]> ReceivedAsync()
    {
        var received = new ulong[3];
        for (int host = 1; host <= 3; host++)
        {
            PortStatistics statistics = await setup.Fabric.Hosts[host - 1].Client.GetStatisticsAsync($"pods{host}", Cancellation);
            received[host - 1] = statistics.PacketsReceived;
        }
        return received;
    }

    internal static async Task EchoAsync(Socket connection, int length)
    {
        byte[] sent = new byte[length], back = new byte[length];
        new Random(length).NextBytes(sent);
        Task sending = Task.Run(async () =>
        {
            for (int at = 0; at < length;)
                at += await connection.SendAsync(sent.AsMemory(at), Cancellation);
        }, Cancellation);
        for (int at = 0; at < length;)
        {
            int got = await connection.ReceiveAsync(back.AsMemory(at), Cancellation);
            Assert.NotEqual(0, got);
            at += got;
        }
        await sending;
        Assert.Equal(sent, back);
    }
}
