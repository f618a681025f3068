using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Statistics;

namespace Fairway.EndToEnd.Tests;

/// <summary>Load balancers of overlay networks that are called by who is not of them: the LAN, the host itself, endpoints of NAT networks.</summary>
public sealed class OverlaySourceTests(OverlaySourceTests.Outside outside) : IClassFixture<OverlaySourceTests.Outside>
{
    private const string Vip4 = "10.97.0.10";
    private const string Vip6 = "fd97::10";
    private const string Source4 = "10.50.0.100";
    private const string Source6 = "fd50::100";
    private const int NodePort = 30080;
    private const int Echo = 5301;
    private const int Rounds = 24;

    private Machine Here => outside.Pods.Fabric.Hosts[0];

    private Place Plain => outside.Pods.Fabric.Plain;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Vip4, 80, Source4)]
    [InlineData(Vip6, 80, Source6)]
    [InlineData("192.0.2.1", NodePort, Source4)]
    [InlineData("2001:db8:2::1", NodePort, Source6)]
    public async Task CallsFromTheLan_ReachEveryHost_FromTheSource(string address, int port, string source)
    {
        ulong[] before = await ReceivedAsync();
        for (int i = 0; i < Rounds; i++)
            await CallAsync(Plain, address, port, source);
        Assert.All(before.Zip(await ReceivedAsync()), counts => Assert.True(counts.Second > counts.First, "each host's endpoint gets callers"));
    }

    /// <summary>On this host the host is known by its gateway, as always with HostRoute; on others by the source.</summary>
    [Theory]
    [InlineData(Vip4, 80, Source4)]
    [InlineData(Vip6, 80, Source6)]
    [InlineData("127.0.0.1", NodePort, Source4)]
    public async Task CallsOfTheHost_ReachEveryHost(string address, int port, string source)
    {
        string gateway = await Here.GatewayAsync("pods", source == Source4 ? 4 : 6);
        ulong[] before = await ReceivedAsync();
        HashSet<string> callers = [];
        for (int i = 0; i < Rounds; i++)
        {
            Answer tcp = await Here.Host.CallTcpAsync(address, port), udp = await Here.Host.CallUdpAsync(address, port);
            Assert.Equal((address, address), (tcp.From.ToString(), udp.From.ToString()));
            callers.UnionWith([tcp.SeenAs.ToString(), udp.SeenAs.ToString()]);
        }
        Assert.Equal(new[] { gateway, source }.Order(StringComparer.Ordinal), callers.Order(StringComparer.Ordinal));
        Assert.All(before.Zip(await ReceivedAsync()), counts => Assert.True(counts.Second > counts.First, "each host's endpoint gets callers"));
    }

    [Fact]
    public async Task CallsOfANatNetwork_ComeFromTheSource_AndThoseOfTheNetworkFromThemselves()
    {
        await Here.DoAsync("network create natted");
        Place nat = await Here.AddAsync("nat1", "natted");
        for (int i = 0; i < Rounds; i++)
            await CallAsync(nat, Vip4, 80, Source4);
        CommandResult explained = await Here.FairwayAsync("explain", "nat1", "pets:80");
        Assert.Contains($"the caller is not of network 'pods' and comes from {Source4} there", explained.Output, StringComparison.Ordinal);
        await Here.RemoveAsync("nat1");
        await Here.DoAsync("network delete natted");
        Assert.DoesNotContain(Source4, await CallersAsync(outside.Pods.Of(1), Vip4));
    }

    [Fact]
    public async Task Connections_FromOutside_OutliveTheDaemon()
    {
        for (int host = 1; host <= 3; host++)
            outside.Pods.Of(host).ServeEcho(Echo);
        List<Socket> connections = [];
        for (int i = 0; i < 6; i++)
        {
            connections.Add(await Plain.ConnectAsync(i % 2 == 0 ? Vip4 : Vip6, Echo));
            connections.Add(await Here.Host.ConnectAsync(i % 2 == 0 ? Vip4 : Vip6, Echo));
        }
        foreach (Socket connection in connections)
            await EchoAsync(connection, 200_000);
        await Here.KillDaemonAsync();
        foreach (Socket connection in connections)
            await EchoAsync(connection, 10_000);
        await Here.StartDaemonAsync();
        foreach (Socket connection in connections)
        {
            await EchoAsync(connection, 10_000);
            connection.Dispose();
        }
        await CallAsync(Plain, Vip4, 80, Source4);
    }

    [Fact]
    public async Task Source_IsNobodyElse_AndNobodyToBeCalled()
    {
        await Here.DoAsync("namespace create elsewhere");
        CommandResult attached = await Here.FairwayAsync("endpoint", "attach", "outside", "elsewhere");
        Assert.Contains("calls with its addresses", attached.Errors, StringComparison.Ordinal);
        CommandResult deleted = await Here.FairwayAsync("endpoint", "delete", "outside");
        Assert.Contains("calls with its addresses", deleted.Errors, StringComparison.Ordinal);
        await Here.DoAsync("namespace delete elsewhere");
        Assert.False(await outside.Pods.Of(1).PingAsync(Source4));
        Assert.False(await outside.Pods.Of(2).PingAsync(Source4));
        CommandResult explained = await Here.FairwayAsync("explain", "pods1", $"{Source4}:80");
        Assert.Contains("nobody is there to be called", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutItsSource_NobodyFromOutsideIsServed_AndIsToldWhy()
    {
        await Here.DoAsync("loadbalancer create bare --vip 10.97.0.11 --port 80:80 --backend pods1 --backend pods2 --backend pods3");
        Assert.False(await Plain.ReachesTcpAsync("10.97.0.11", 80));
        Assert.False(await Here.Host.ReachesTcpAsync("10.97.0.11", 80));
        CommandResult explained = await Here.FairwayAsync("explain", "192.0.2.9", "10.97.0.11:80");
        Assert.Contains("give the load balancer a source", explained.Output, StringComparison.Ordinal);
        explained = await Here.FairwayAsync("explain", "host", "10.97.0.11:80");
        Assert.Contains("has no source of this IP version in network 'pods'", explained.Output, StringComparison.Ordinal);
        explained = await Here.FairwayAsync("explain", "192.0.2.9", "pets:80");
        Assert.Contains("one of 3 backends gets it", explained.Output, StringComparison.Ordinal);
        explained = await Here.FairwayAsync("explain", "host", "pets:80");
        Assert.Contains("one of 3 backends gets it", explained.Output, StringComparison.Ordinal);
        await Here.DoAsync("loadbalancer delete bare");
    }

    private static async Task CallAsync(Place caller, string address, int port, string seenAs)
    {
        Answer tcp = await caller.CallTcpAsync(address, port), udp = await caller.CallUdpAsync(address, port);
        Assert.Equal((address, address), (tcp.From.ToString(), udp.From.ToString()));
        Assert.Equal((seenAs, seenAs), (tcp.SeenAs.ToString(), udp.SeenAs.ToString()));
    }

    private static async Task<HashSet<string>> CallersAsync(Place caller, string address)
    {
        HashSet<string> callers = [];
        for (int i = 0; i < Rounds; i++)
            callers.Add((await caller.CallTcpAsync(address, 80)).SeenAs.ToString());
        return callers;
    }

    private async Task<ulong[]> ReceivedAsync()
    {
        var received = new ulong[3];
        for (int host = 1; host <= 3; host++)
        {
            PortStatistics statistics = await outside.Pods.Fabric.Hosts[host - 1].Client.GetStatisticsAsync($"pods{host}", Cancellation);
            received[host - 1] = statistics.PacketsReceived;
        }
        return received;
    }

    private static Task EchoAsync(Socket connection, int length) => OverlayLoadBalancerTests.EchoAsync(connection, length);

    /// <summary>The three hosts' pods, and an address of theirs as which the first host's callers from outside come.</summary>
    public sealed class Outside : IAsyncLifetime
    {
        private const string Mac = "02:00:00:00:50:64";

        public OverlayTests.Setup Pods { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Pods.InitializeAsync();
            Machine here = Pods.Fabric.Hosts[0];
            await OverlayTests.SendAsync(here, $"/hcn/v2/networks/{OverlayTests.Setup.Pods}/modify", """{"ResourceType":"Policy","RequestType":"Add","Settings":{"Policies":[{"Type":"HostRoute","Settings":{}}]}}""");
            await here.DoAsync($"endpoint create outside --network pods --ip {Source4} --ip {Source6} --mac {Mac}");
            foreach (Machine other in Pods.Fabric.Hosts.Skip(1))
                await other.DoAsync($"endpoint create outside --network pods --ip {Source4} --ip {Source6} --mac {Mac} --remote {Fabric.Address(1)}");
            await here.DoAsync($"loadbalancer create pets --vip {Vip4} --vip {Vip6} --port 80:80 --port 80:80/udp --port {Echo}:{Echo} --backend pods1 --backend pods2 --backend pods3 --source outside");
            await here.DoAsync($"loadbalancer create node --port {NodePort}:80 --port {NodePort}:80/udp --backend pods1 --backend pods2 --backend pods3 --source outside");
            (await Pods.Fabric.Plain.RunAsync("ip", "route", "add", $"{Vip4}/24".Replace(".10/", ".0/", StringComparison.Ordinal), "via", Fabric.Address(1))).Expect();
            (await Pods.Fabric.Plain.RunAsync("ip", "-6", "route", "add", "fd97::/64", "via", "2001:db8:2::1")).Expect();
        }

        public ValueTask DisposeAsync() => Pods.DisposeAsync();
    }
}
