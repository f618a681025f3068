using System.Diagnostics;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>Foreign hands on the kernel's objects while the daemon runs: seen by itself, and put back.</summary>
public sealed class RepairTests(RepairTests.Setup setup) : IClassFixture<RepairTests.Setup>
{
    /// <summary>What the goal is: a second. What is waited for: the same on a machine busy with other tests.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string> Damages => new()
    {
        { "endpoint link deleted", "ip link del $ENDPOINT" },
        { "endpoint link down", "ip link set $ENDPOINT down" },
        { "endpoint filter deleted", "tc filter del dev $ENDPOINT ingress" },
        { "endpoint qdisc deleted", "tc qdisc del dev $ENDPOINT clsact" },
        { "host vNIC deleted", "ip link del $NIC" },
        { "host vNIC down", "ip link set $NIC down" },
        { "host vNIC renamed", "ip link set $NIC down; ip link set $NIC name strange0" },
        { "host vNIC MTU and MAC changed", "ip link set $NIC mtu 1300 address 02:00:00:00:00:01" },
        { "host vNIC addresses deleted", "ip addr flush dev $NIC" },
        { "host vNIC routes deleted", "ip route flush dev $NIC; ip -6 route flush dev $NIC" },
        { "host vNIC filter deleted", "tc filter del dev $NIC egress" },
        { "resolver link deleted", "ip link del $RESOLVER" },
        { "uplink filter deleted", "tc qdisc del dev up0 clsact" },
        { "pins deleted", "rm -r /sys/fs/bpf/$INSTANCE" },
        { "one pin and one attachment deleted", "rm /sys/fs/bpf/$INSTANCE/v1/flows /sys/fs/bpf/$INSTANCE/v1/attachments/connect4" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_IsRepaired_WithoutAnybodyAsking(string what, string damage)
    {
        Assert.NotEmpty(what);
        string before = await ObjectsAsync();
        await CheckAsync();
        (await setup.Machine.Host.RunAsync("sh", "-c", $"INSTANCE={setup.Machine.Instance} ENDPOINT={setup.Endpoint} NIC={setup.Nic} RESOLVER={setup.Resolver}; {damage}; true")).Expect();
        long start = Stopwatch.GetTimestamp();
        string after;
        while ((after = await ObjectsAsync()) != before && Stopwatch.GetElapsedTime(start) < s_patience)
        {
            // The daemon is at it.
        }
        Assert.Equal(before, after);
        await CheckAsync();
    }

    /// <summary>Every way a packet can take, and a name.</summary>
    private async Task CheckAsync()
    {
        Place c1 = await setup.Machine.CompartmentAsync("c1");
        Assert.True(await c1.PingAsync(await setup.Machine.AddressAsync("c2", 6)));
        Assert.Equal(Machine.HostAddress4, (await c1.CallTcpAsync(Machine.LanAddress4, 7600)).SeenAs.ToString());
        Assert.Equal(Machine.LanAddress6, (await setup.Machine.Lan.CallTcpAsync(Machine.HostAddress6, 8080)).SeenAs.ToString());
        Assert.True(await setup.Machine.Host.ReachesTcpAsync("127.0.0.1", 8080));
        Assert.True(await setup.Machine.Host.PingAsync(await setup.Machine.AddressAsync("c1", 4)));
        Assert.Contains(await setup.Machine.AddressAsync("c2", 4), await setup.Machine.DoAsync("exec c1 -- getent ahostsv4 c2"), StringComparison.Ordinal);
    }

    /// <summary>Links with addresses, routes, filters (without the numbers that new objects get), and pins.</summary>
    private async Task<string> ObjectsAsync() => (await setup.Machine.Host.RunAsync("sh", "-c", $"""
        ip -o link | grep '[<,]UP[,>]' | sed -E 's/^[0-9]+: //; s/@if[0-9]+//; s/ (qlen|qdisc|group|link-netnsid|link.netns) [^ ]+//g; /^fw/s/link.ether [^ ]+//' | grep -v fx | sort
        ip -o addr show up | sed -E 's/^[0-9]+: //; s/valid_lft.*//' | sort; ip route; ip -6 route
        for l in $(ip -o link | grep '[<,]UP[,>]' | sed -E 's/^[0-9]+: //; s/[:@].*//' | grep -v fx | sort); do for d in ingress egress; do tc filter show dev $l $d | sed -E "s/^/$l $d /; s/ id [0-9]+//; s/ tag [0-9a-f]+//"; done; done
        find /sys/fs/bpf/{setup.Machine.Instance} 2>&1 | sort
        """)).Output;

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        public string Endpoint { get; private set; } = "";

        public string Nic { get; private set; } = "";

        public string Resolver { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.AddAsync("c1", "web");
            (await Machine.AddAsync("c2", "web", "--publish 8080:80")).ServeTcp(80);
            Machine.Lan.ServeTcp(7600);
            Endpoint = await LinkAsync("endpoint", (await Machine.Client.GetEndpointAsync("c1")).Spec.Id);
            Nic = await LinkAsync("network", (await Machine.Client.GetNetworkAsync("web")).Spec.Id);
            Resolver = await LinkAsync("resolver", (await Machine.Client.GetNetworkAsync("web")).Spec.Id);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();

        /// <summary>By its alternative name.</summary>
        private async Task<string> LinkAsync(string kind, Guid id)
            => (await Machine.Host.RunAsync("sh", "-c", $"ip -o link show {Machine.Instance}-{kind}-{id:N} | sed -E 's/^[0-9]+: //; s/[:@].*//'")).Expect().Trim();
    }
}
