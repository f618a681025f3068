using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>What stands in other people's way: no firewall of the host is in the path of containers.</summary>
public sealed class FirewallTests(FirewallTests.Setup setup) : IClassFixture<FirewallTests.Setup>
{
    public static TheoryData<string, string, string> Firewalls => new()
    {
        { "forward drop, as Docker leaves it", "nft add table inet t; nft 'add chain inet t f { type filter hook forward priority 0; policy drop; }'", "nft delete table inet t" },
        { "default deny, as ufw does it", "nft add table inet t; nft 'add chain inet t i { type filter hook input priority 0; policy drop; }'; nft 'add rule inet t i iif lo accept'; "
            + "nft 'add rule inet t i ct state established,related accept'; nft 'add chain inet t f { type filter hook forward priority 0; policy drop; }'", "nft delete table inet t" },
        { "everything flushed, as a reload does", "nft flush ruleset", "true" },
    };

    public static TheoryData<string> RealFirewalls => [.. RealFirewall.Kinds];

    [Theory]
    [MemberData(nameof(RealFirewalls))]
    public async Task RealFirewall_IsNotInTheWay_AlsoWhileItReloads(string kind)
    {
        using Socket outward = await setup.C1.ConnectAsync(Machine.LanAddress4, 7501);
        await using RealFirewall firewall = await RealFirewall.StartAsync(kind, setup.Machine.Host);
        await CheckAsync();
        using Socket inward = await setup.Machine.Lan.ConnectAsync(Machine.HostAddress6, 8081);
        await firewall.ReloadAsync();
        foreach (Socket open in (Socket[])[outward, inward])
        {
            await open.SendAsync("ping"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.True(await open.ReceiveAsync(new byte[4], TestContext.Current.CancellationToken) > 0, "a connection ended");
        }
        await CheckAsync();
        // It decides about the host itself, as before: the check sees that it is at work.
        Assert.Equal(kind == "iptables", await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 7502));
        if (kind == "firewalld")
            Assert.Matches("ok +firewall +firewalld[^;]* found; traffic from, to and between endpoints does not pass the firewall", (await setup.Machine.FairwayAsync("doctor")).Output);
    }

    [Theory]
    [MemberData(nameof(Firewalls))]
    public async Task Containers_OutInAndBetween_AreNotInItsWay(string name, string up, string down)
    {
        Assert.NotEmpty(name);
        (await setup.Machine.Host.RunAsync("sh", "-ec", up)).Expect();
        try
        {
            await CheckAsync();
        }
        finally
        {
            await setup.Machine.Host.RunAsync("sh", "-c", down);
        }
    }

    /// <summary>Out, in, between, from the host itself, and names.</summary>
    private async Task CheckAsync()
    {
        Assert.Equal(Machine.HostAddress4, (await setup.C1.CallTcpAsync(Machine.LanAddress4, 7500)).SeenAs.ToString());
        Assert.Equal(Machine.HostAddress6, (await setup.C1.CallUdpAsync(Machine.LanAddress6, 7500)).SeenAs.ToString());
        Assert.Equal(Machine.LanAddress4, (await setup.Machine.Lan.CallTcpAsync(Machine.HostAddress4, 8080)).SeenAs.ToString());
        Assert.Equal(Machine.LanAddress6, (await setup.Machine.Lan.CallTcpAsync(Machine.HostAddress6, 8080)).SeenAs.ToString());
        Assert.True(await setup.C1.PingAsync(await setup.Machine.AddressAsync("c2", 4)));
        Assert.True(await setup.Machine.Host.ReachesTcpAsync("127.0.0.1", 8080));
        Assert.Contains(await setup.Machine.AddressAsync("c2", 6), await setup.Machine.DoAsync("exec c1 -- getent ahostsv6 c2"), StringComparison.Ordinal);
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place C1 { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            Machine.Lan.ServeTcp(7500).ServeUdp(7500).ServeEcho(7501);
            Machine.Host.ServeTcp(7502);
            await Machine.DoAsync("network create web");
            C1 = await Machine.AddAsync("c1", "web");
            (await Machine.AddAsync("c2", "web", "--publish 8080:80 --publish 8081:81")).ServeTcp(80).ServeEcho(81);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
