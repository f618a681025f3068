using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>What networks keep from each other and from the host.</summary>
public sealed class IsolationTests(IsolationTests.Setup setup) : IClassFixture<IsolationTests.Setup>
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Neighbours_ReachEachOther(int version)
    {
        string b = await setup.Machine.AddressAsync("b", version);
        Assert.True(await setup.A.PingAsync(b));
        Assert.Equal(await setup.Machine.AddressAsync("a", version), (await setup.A.CallTcpAsync(b, 80)).SeenAs.ToString());
        Assert.Equal(await setup.Machine.AddressAsync("a", version), (await setup.A.CallUdpAsync(b, 80)).SeenAs.ToString());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task OtherNetworks_AreOutOfReach(int version)
    {
        string c = await setup.Machine.AddressAsync("c", version), i = await setup.Machine.AddressAsync("i", version);
        foreach (string target in (string[])[c, i])
        {
            Assert.False(await setup.A.PingAsync(target));
            Assert.False(await setup.A.ReachesTcpAsync(target, 80));
        }
        Assert.False(await setup.I.PingAsync(await setup.Machine.AddressAsync("a", version)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Host_ReachesEndpoints_AndTheyIt(int version)
    {
        setup.Machine.Host.ServeTcp(7200 + version);
        Assert.True(await setup.Machine.Host.ReachesTcpAsync(await setup.Machine.AddressAsync("a", version), 80));
        Assert.True(await setup.A.ReachesTcpAsync(await setup.Machine.GatewayAsync("one", version), 7200 + version));
        Assert.True(await setup.A.ReachesTcpAsync(version == 4 ? Machine.HostAddress4 : Machine.HostAddress6, 7200 + version));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Internal_ReachesItsOwnNetworkAndGateway_AndNothingElse(int version)
    {
        setup.Machine.Host.ServeTcp(7300 + version);
        Assert.True(await setup.I.PingAsync(await setup.Machine.AddressAsync("i2", version)));
        Assert.True(await setup.I.PingAsync(await setup.Machine.GatewayAsync("inner", version)));
        Assert.False(await setup.I.PingAsync(version == 4 ? Machine.LanAddress4 : Machine.LanAddress6));
        Assert.False(await setup.I.ReachesTcpAsync(version == 4 ? Machine.HostAddress4 : Machine.HostAddress6, 7300 + version));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Internal_IsReachedByTheHost_AndByNobodyOutside(int version)
    {
        string i = await setup.Machine.AddressAsync("i2", version);
        Assert.True(await setup.Machine.Host.ReachesTcpAsync(i, 80));
        // A neighbour of the host that knows the way, and a host that forwards.
        string host = version == 4 ? Machine.HostAddress4 : Machine.HostAddress6;
        (await setup.Machine.Host.RunAsync("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")).Expect();
        (await setup.Machine.Lan.RunAsync("ip", $"-{version}", "route", "add", i, "via", host)).Expect();
        Assert.False(await setup.Machine.Lan.PingAsync(i));
        Assert.False(await setup.Machine.Lan.ReachesTcpAsync(i, 80));
        (await setup.Machine.Lan.RunAsync("ip", $"-{version}", "route", "del", i)).Expect();
        (await setup.Machine.Host.RunAsync("sysctl", "-qw", "net.ipv4.ip_forward=0", "net.ipv6.conf.all.forwarding=0")).Expect();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Private_ReachesItsOwnNetwork_AndNothingElse(int version)
    {
        string p2 = await setup.Machine.AddressAsync("p2", version);
        Assert.Equal(await setup.Machine.AddressAsync("p", version), (await setup.P.CallTcpAsync(p2, 80)).SeenAs.ToString());
        setup.Machine.Host.ServeTcp(7400 + version);
        // Whatever it is told of ways out: the switch has none.
        string gateway = version == 4 ? "10.66.0.99" : "fd66::99";
        (await setup.P.RunAsync("ip", $"-{version}", "route", "add", "default", "via", gateway, "dev", "eth0", "onlink")).Expect();
        (await setup.P.RunAsync("ip", $"-{version}", "neigh", "replace", gateway, "lladdr", "02:00:00:00:00:01", "dev", "eth0")).Expect();
        Assert.False(await setup.P.PingAsync(gateway));
        foreach (string target in (string[])[version == 4 ? Machine.LanAddress4 : Machine.LanAddress6, version == 4 ? Machine.HostAddress4 : Machine.HostAddress6,
            await setup.Machine.AddressAsync("a", version), await setup.Machine.AddressAsync("i", version), await setup.Machine.GatewayAsync("inner", version)])
            Assert.False(await setup.P.PingAsync(target), target);
        Assert.False(await setup.P.ReachesTcpAsync(version == 4 ? Machine.HostAddress4 : Machine.HostAddress6, 7400 + version));
        Assert.False(await setup.A.PingAsync(p2));
        Assert.False(await setup.I.PingAsync(p2));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Private_IsOutOfTheHostsReach_WhateverTheHostDoes(int version)
    {
        string p2 = await setup.Machine.AddressAsync("p2", version);
        string links = (await setup.Machine.Host.RunAsync("ip", "-o", "link")).Output;
        Assert.DoesNotContain("alone", links, StringComparison.Ordinal);
        Assert.False(await setup.Machine.Host.PingAsync(p2));
        // By the vNIC of another network.
        string inner = await setup.Machine.GatewayAsync("inner", version);
        string vnic = (await setup.Machine.Host.RunAsync("ip", $"-{version}", "-o", "addr", "show", "to", inner)).Output.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        (await setup.Machine.Host.RunAsync("ip", $"-{version}", "route", "add", p2, "dev", vnic)).Expect();
        Assert.False(await setup.Machine.Host.PingAsync(p2));
        Assert.False(await setup.Machine.Host.ReachesTcpAsync(p2, 80));
        (await setup.Machine.Host.RunAsync("ip", $"-{version}", "route", "del", p2)).Expect();
    }

    [Fact]
    public async Task Spoofing_AddressOrMac_ReachesNobody()
    {
        string b = await setup.Machine.AddressAsync("b", 4);
        string stolen = (await setup.Machine.AddressAsync("a2", 4));
        await setup.A.RunAsync("ip", "addr", "add", $"{stolen}/32", "dev", "eth0");
        CommandResult address = await setup.A.RunAsync("ping", "-n", "-c", "1", "-W", "1", "-I", stolen, b);
        await setup.A.RunAsync("ip", "addr", "del", $"{stolen}/32", "dev", "eth0");
        Assert.NotEqual(0, address.ExitCode);

        // Not from /sys, which shows the devices of the namespace it was mounted in.
        string mac = (await setup.Machine.Client.GetEndpointAsync("a", TestContext.Current.CancellationToken)).MacAddress.ToString();
        (await setup.A.RunAsync("ip", "link", "set", "eth0", "address", "02:de:ad:be:ef:01")).Expect();
        bool reached = await setup.A.PingAsync(b);
        (await setup.A.RunAsync("ip", "link", "set", "eth0", "address", mac)).Expect();
        Assert.False(reached);
        Assert.True(await setup.A.PingAsync(b));
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place A { get; private set; } = null!;

        internal Place I { get; private set; } = null!;

        internal Place P { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create one");
            await Machine.DoAsync("network create two");
            await Machine.DoAsync("network create inner --internal");
            A = await Machine.AddAsync("a", "one");
            await Machine.AddAsync("a2", "one");
            (await Machine.AddAsync("b", "one")).ServeTcp(80).ServeUdp(80);
            (await Machine.AddAsync("c", "two")).ServeTcp(80);
            I = await Machine.AddAsync("i", "inner");
            (await Machine.AddAsync("i2", "inner")).ServeTcp(80);
            A.ServeTcp(80);
            await Machine.DoAsync("network create alone --type private --subnet 10.66.0.0/24 --subnet fd66::/64");
            P = await Machine.AddAsync("p", "alone", "--ip 10.66.0.10 --ip fd66::10");
            (await Machine.AddAsync("p2", "alone")).ServeTcp(80);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
