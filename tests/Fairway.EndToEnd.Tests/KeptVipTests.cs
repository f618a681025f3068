using System.Net;
using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>Load balancers that keep the address that was called (HCN's PreserveDip): backends serve on it, and on no other.</summary>
public sealed class KeptVipTests(KeptVipTests.Setup setup) : IClassFixture<KeptVipTests.Setup>
{
    private const string Vip4 = "10.96.0.20";
    private const string Vip6 = "fd96::20";

    private Machine Machine => setup.Machine;

    [Theory]
    [InlineData(Vip4, 4, Machine.LanAddress4)]
    [InlineData(Vip6, 6, Machine.LanAddress6)]
    public async Task Backend_ThatListensOnTheVipOnly_ServesEverybody(string vip, int version, string lan)
    {
        string client = await Machine.AddressAsync("client", version), other = await Machine.AddressAsync("other", version);
        for (int i = 0; i < 12; i++)
        {
            foreach ((Place caller, string address) in new[] { (Machine.Lan, lan), (setup.Client, client), (setup.Other, other) })
            {
                Answer tcp = await caller.CallTcpAsync(vip, 80), udp = await caller.CallUdpAsync(vip, 80);
                Assert.Equal((address, vip, address, vip), (tcp.SeenAs.ToString(), tcp.From.ToString(), udp.SeenAs.ToString(), udp.From.ToString()));
            }
        }
    }

    /// <summary>An answer is all that a backend can send from the address.</summary>
    [Theory]
    [InlineData(Vip4, Machine.LanAddress4)]
    [InlineData(Vip6, Machine.LanAddress6)]
    public async Task Backend_CannotCallFromTheVip(string vip, string lan)
    {
        Machine.Lan.ServeTcp(9000);
        CommandResult own = await setup.One.RunAsync("ping", "-n", "-c", "1", "-W", "2", lan), borrowed = await setup.One.RunAsync("ping", "-n", "-c", "1", "-W", "2", "-I", vip, lan);
        Assert.Equal((0, 1), (own.ExitCode, borrowed.ExitCode));
        Assert.False(await ReachesFromAsync(vip, lan, 9000), "a connection from the VIP");
    }

    /// <summary>What a backend says about a port where nobody listens comes from the address that was called.</summary>
    [Fact]
    public async Task ClosedPort_IsRefusedByTheVip()
    {
        var refused = await Assert.ThrowsAsync<SocketException>(() => Machine.Lan.CallTcpAsync(Vip4, 81));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        using Socket datagrams = Machine.Lan.OpenUdp();
        await datagrams.ConnectAsync(new IPEndPoint(IPAddress.Parse(Vip4), 81), TestContext.Current.CancellationToken);
        await datagrams.SendAsync("?"u8.ToArray(), TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        refused = await Assert.ThrowsAsync<SocketException>(async () => await datagrams.ReceiveAsync(new byte[16], patience.Token));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    private async Task<bool> ReachesFromAsync(string source, string address, int port)
    {
        using Socket socket = setup.One.OpenTcp(IPAddress.Parse(source));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), port), patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place One { get; private set; } = null!;

        internal Place Client { get; private set; } = null!;

        internal Place Other { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.DoAsync("network create blue");
            One = await BackendAsync("one");
            await BackendAsync("two");
            Client = await Machine.AddAsync("client", "web");
            Other = await Machine.AddAsync("other", "blue");
            await Machine.DoAsync($"loadbalancer create kept --vip {Vip4} --vip {Vip6} --port 80:8080 --port 80:8080/udp --port 81:8081 --port 81:8081/udp --backend one --backend two --keep-vip");
            (await Machine.Lan.RunAsync("ip", "route", "add", $"{Vip4}/32", "via", Machine.HostAddress4)).Expect();
            (await Machine.Lan.RunAsync("ip", "-6", "route", "add", $"{Vip6}/128", "via", Machine.HostAddress6)).Expect();
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();

        /// <summary>The address stands on its interface, beside its own, and is not what it calls from.</summary>
        private async Task<Place> BackendAsync(string name)
        {
            Place place = await Machine.AddAsync(name, "web");
            (await place.RunAsync("sh", "-ec", $"ip addr add {Vip4}/32 dev eth0; ip addr add {Vip6}/128 dev eth0 nodad preferred_lft 0")).Expect();
            return place.ServeTcp(8080, Vip4).ServeTcp(8080, Vip6).ServeUdp(8080, Vip4).ServeUdp(8080, Vip6);
        }
    }
}
