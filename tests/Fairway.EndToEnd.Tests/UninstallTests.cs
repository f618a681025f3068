using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary><c>fairwayd --uninstall</c>: the machine as it was, whatever was made and used in between.</summary>
public sealed class UninstallTests : IAsyncLifetime
{
    private readonly Machine _machine = new();

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task Machine_AfterUninstall_IsAsItWasBeforeTheFirstStart()
    {
        // The fixture has started a daemon already: what it made on this empty machine must go as well.
        await _machine.StopDaemonAsync();
        (await _machine.DaemonCommandAsync("--uninstall")).Expect();
        await _machine.Host.RunAsync("sh", "-c", "sysctl -qw net.ipv4.ip_local_reserved_ports=8080,50000-50010; nft add table inet own; tc qdisc add dev up0 clsact; tc filter add dev up0 ingress prio 9 protocol ip u32 match ip src 203.0.113.77 classid 1:1");
        string before = await SnapshotAsync();

        await _machine.StartDaemonAsync();
        await UseAsync();
        Assert.NotEqual(before, await SnapshotAsync());
        await _machine.StopDaemonAsync();
        (await _machine.DaemonCommandAsync("--uninstall")).Expect();
        Assert.Equal(before, await SnapshotAsync());
        Assert.DoesNotContain("eth0", (await _machine.Lan.RunAsync("ip", "-o", "link")).Output, StringComparison.Ordinal);

        // Twice is fine, and what was asked for is not forgotten.
        (await _machine.DaemonCommandAsync("--uninstall")).Expect();
        await _machine.StartDaemonAsync();
        Assert.Contains("web", await _machine.DoAsync("network list"), StringComparison.Ordinal);
        await _machine.KillDaemonAsync();
        (await _machine.DaemonCommandAsync("--uninstall")).Expect();
        Assert.Equal(before, await SnapshotAsync());
    }

    [Fact]
    public async Task Uninstall_WhileTheDaemonRuns_IsRefusedAndChangesNothing()
    {
        await UseAsync();
        string before = await SnapshotAsync();
        CommandResult refused = await _machine.DaemonCommandAsync("--uninstall");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"a fairwayd with pid {_machine.DaemonPid} uses it; stop that one", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await SnapshotAsync());
        await _machine.Client.GetHealthAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Leaves something of every kind behind: links, flows, publications, adopted and own namespaces, names asked.</summary>
    private async Task UseAsync()
    {
        await _machine.DoAsync("network create web");
        await _machine.DoAsync("network create inner --internal");
        await _machine.DoAsync("network create lan --type transparent --uplink up0 --subnet 198.51.100.0/24 --ip-range 198.51.100.128/25");
        await _machine.AddAsync("neighbour", "lan");
        Place own = await _machine.AddAsync("own", "web", "--publish 8080:80");
        own.ServeTcp(80);
        await _machine.DoAsync($"endpoint create guest --network inner --netns {_machine.Lan.Path} --ifname eth0");
        _machine.Lan.ServeTcp(7100);
        await own.CallTcpAsync(Machine.LanAddress4, 7100);
        await _machine.Lan.CallTcpAsync(Machine.HostAddress6, 8080);
        await _machine.Host.CallTcpAsync("127.0.0.1", 8080);
        await _machine.DoAsync("exec own -- getent hosts own");
    }

    private async Task<string> SnapshotAsync() => (await _machine.Host.RunAsync("sh", "-c", $"""
        ip -d -o link | sed -E 's/ qlen [0-9]*//; s/ qdisc [a-z]*//; s/[a-z_]+_timer +[0-9.]+//g'; ip -o addr; ip route show table all; ip -6 route show table all; ip rule; ip neigh show nud permanent
        nft list ruleset; for l in $(ip -o link | sed 's/^[0-9]*: //; s/[:@].*//'); do tc qdisc show dev $l; tc filter show dev $l ingress; tc filter show dev $l egress; done; bridge fdb show dev up0
        find /proc/sys/net -type f -readable | grep -vE 'nf_conntrack_count|stable_secret|flush|tcp_fastopen_key' | sort | xargs grep -H . 2>/dev/null
        ls -d /run/netns/{_machine.Instance}* /sys/fs/bpf/{_machine.Instance} /run/{_machine.Instance} 2>/dev/null
        """)).Output;
}
