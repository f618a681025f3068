using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Statistics;

namespace Fairway.EndToEnd.Tests;

/// <summary>Load balancers on real packets, made by the command as a user types it.</summary>
public sealed class LoadBalancerTests(LoadBalancerTests.Setup setup) : IClassFixture<LoadBalancerTests.Setup>
{
    private const string Vip4 = "10.96.0.10";
    private const string Vip6 = "fd96::10";

    private Machine Machine => setup.Machine;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Vip4, 4, Machine.LanAddress4)]
    [InlineData(Vip6, 6, Machine.LanAddress6)]
    public async Task Frontend_IsReachedFromEverywhere_WithTheCallersAddress(string vip, int version, string lan)
    {
        Assert.Equal((lan, vip), Texts(await Machine.Lan.CallTcpAsync(vip, 80)));
        Assert.Equal((await Machine.AddressAsync("client", version), vip), Texts(await setup.Client.CallTcpAsync(vip, 80)));
        Assert.Equal((lan, vip), Texts(await Machine.Lan.CallUdpAsync(vip, 53)));
        Assert.Equal((await Machine.AddressAsync("client", version), vip), Texts(await setup.Client.CallUdpAsync(vip, 53)));
        // The host itself: it thinks it talks to the frontend, and so does a backend that calls, perhaps itself.
        Assert.Equal(vip, (await Machine.Host.CallTcpAsync(vip, 80)).From.ToString());
        Assert.Equal(vip, (await Machine.Host.CallUdpAsync(vip, 53)).From.ToString());
        for (int i = 0; i < 8; i++)
            Assert.Equal(vip, (await setup.One.CallTcpAsync(vip, 80)).From.ToString());
    }

    [Fact]
    public async Task Calls_AreSpread_UntilABackendLeaves_WhoseConnectionsGoOn()
    {
        (ulong one, ulong two) = (await ReceivedAsync("one"), await ReceivedAsync("two"));
        for (int i = 0; i < 30; i++)
            await Machine.Lan.CallTcpAsync(Vip4, 80);
        Assert.True(await ReceivedAsync("one") > one && await ReceivedAsync("two") > two, "both get callers");

        List<Socket> connections = [];
        for (int i = 0; i < 12; i++)
            connections.Add(await setup.Client.ConnectAsync(Vip4, 7000));
        await Machine.DoAsync("loadbalancer remove shop one");
        try
        {
            foreach (Socket connection in connections)
                Assert.True(await EchoesAsync(connection));
            one = await ReceivedAsync("one");
            for (int i = 0; i < 12; i++)
                await Machine.Host.CallTcpAsync(Vip4, 80);
            Assert.Equal(one, await ReceivedAsync("one"));
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
            await Machine.DoAsync("loadbalancer add shop one");
        }
    }

    [Fact]
    public async Task Affinity_LeadsOneCallerToOneBackend()
    {
        await Machine.DoAsync("loadbalancer create sticky --vip 10.96.0.20 --port 80:80 --backend one --backend two --affinity source");
        (ulong one, ulong two) = (await ReceivedAsync("one"), await ReceivedAsync("two"));
        for (int i = 0; i < 12; i++)
            await Machine.Lan.CallTcpAsync("10.96.0.20", 80);
        Assert.True(await ReceivedAsync("one") == one ^ await ReceivedAsync("two") == two, "one backend, and one only, has got the callers");
        await Machine.DoAsync("loadbalancer delete sticky");
        Assert.False(await Machine.Lan.ReachesTcpAsync("10.96.0.20", 80));
    }

    [Fact]
    public async Task Internal_IsNotAnsweredOutside_AndWithoutBackendsNobodyIs()
    {
        await Machine.DoAsync("loadbalancer create inside --vip 10.96.0.30 --port 80:80 --backend one --internal");
        Assert.False(await Machine.Lan.ReachesTcpAsync("10.96.0.30", 80));
        Assert.True(await setup.Client.ReachesTcpAsync("10.96.0.30", 80));
        Assert.True(await Machine.Host.ReachesTcpAsync("10.96.0.30", 80));
        await Machine.DoAsync("loadbalancer remove inside one");
        Assert.False(await setup.Client.ReachesTcpAsync("10.96.0.30", 80));
        Assert.Equal(SocketError.ConnectionRefused, (await Assert.ThrowsAsync<SocketException>(() => Machine.Host.CallTcpAsync("10.96.0.30", 80))).SocketErrorCode);
        await Machine.DoAsync("loadbalancer delete inside");
    }

    [Fact]
    public async Task HostsAddresses_AreFrontends_AndItsProcessesCannotTakeThePort()
    {
        await Machine.DoAsync("loadbalancer create node --port 30080:80 --backend one --backend two");
        foreach (string address in new[] { Machine.HostAddress4, Machine.HostAddress6 })
            Assert.True(await Machine.Lan.ReachesTcpAsync(address, 30080));
        Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(() => Machine.Host.Bind(30080)).SocketErrorCode);
        CommandResult refused = await Machine.FairwayAsync("port", "publish", "client", "30080:80");
        Assert.Contains("load balancer 'node' answers there", refused.Errors, StringComparison.Ordinal);
        await Machine.DoAsync("loadbalancer delete node");
    }

    [Fact]
    public async Task DaemonThatDies_ChangesNothing()
    {
        using Socket connection = await setup.Client.ConnectAsync(Vip4, 7000);
        await Machine.KillDaemonAsync();
        Assert.True(await EchoesAsync(connection));
        Assert.True(await Machine.Lan.ReachesTcpAsync(Vip4, 80));
        await Machine.StartDaemonAsync();
        Assert.True(await EchoesAsync(connection));
        Assert.True(await Machine.Lan.ReachesTcpAsync(Vip4, 80));
        Assert.Contains("shop", await Machine.DoAsync("loadbalancer list"), StringComparison.Ordinal);
        // Another test takes one out and adds it again, at the end.
        string shown = await Machine.DoAsync("loadbalancer show shop");
        Assert.All(["web/one", "web/two"], backend => Assert.Contains(backend, shown, StringComparison.Ordinal));
    }

    private static (string SeenAs, string From) Texts(Answer answer) => (answer.SeenAs.ToString(), answer.From.ToString());

    private async Task<ulong> ReceivedAsync(string endpoint)
    {
        PortStatistics statistics = await Machine.Client.GetStatisticsAsync(endpoint, Cancellation);
        return statistics.PacketsReceived;
    }

    private static async Task<bool> EchoesAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Place.Patience);
        byte[] buffer = new byte[4];
        await socket.SendAsync("ping"u8.ToArray(), patience.Token);
        return await socket.ReceiveAsync(buffer, patience.Token) > 0;
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place Client { get; private set; } = null!;

        internal Place One { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            (await Machine.Lan.RunAsync("ip", "route", "add", "10.96.0.0/16", "via", Machine.HostAddress4)).Expect();
            (await Machine.Lan.RunAsync("ip", "route", "add", "fd96::/64", "via", Machine.HostAddress6)).Expect();
            await Machine.DoAsync("network create web");
            Client = await Machine.AddAsync("client", "web");
            One = (await Machine.AddAsync("one", "web")).ServeTcp(80).ServeUdp(53).ServeEcho(7000);
            (await Machine.AddAsync("two", "web")).ServeTcp(80).ServeUdp(53).ServeEcho(7000);
            await Machine.DoAsync($"loadbalancer create shop --vip {Vip4} --vip {Vip6} --port 80:80 --port 53:53/udp --port 7000:7000 --backend one --backend web/two");
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
