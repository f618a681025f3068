using System.Net.Sockets;
using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary><c>fairway doctor</c> on a host that is made ill: each finding where it is real, with its remedy.</summary>
public sealed class DoctorTests(DoctorTests.Setup setup) : IClassFixture<DoctorTests.Setup>
{
    private const int Warnings = 10;
    private const int Failures = 11;

    /// <summary>Illness, check, level, words of the message, words of the remedy. The script runs in a mount namespace of its own, on the test's host.</summary>
    public static TheoryData<string, string, string, string, string> Illnesses => new()
    {
        { "sysctl -qw net.ipv4.ip_local_port_range='49152 65535'", "settings", "Fail", "49152-65535", "sysctl -w net.ipv4.ip_local_port_range" },
        { "sysctl -qw net.ipv6.conf.all.disable_ipv6=1", "settings", "Warn", "net.ipv6.conf.all.disable_ipv6 is 1", "sysctl -w net.ipv6.conf.all.disable_ipv6=0" },
        { "umount -l /sys/fs/bpf", "bpffs", "Ok", "no bpf file system is mounted", "" },
        { "grep -w cgroup2 /proc/mounts | cut -d' ' -f2 | xargs umount -l", "cgroup", "Warn", "no cgroup2 hierarchy is mounted", "mount -t cgroup2" },
        { "mount --bind /dev/null $(readlink -f $(ldconfig -p | sed -n 's/.*libbpf.so.1 .*=> //p' | head -1))", "libbpf", "Fail", "libbpf.so.1 cannot be loaded", "apt-get install libbpf1" },
        { "mount -t tmpfs none /sys/kernel/btf", "kernel", "Fail", "/sys/kernel/btf/vmlinux is missing", "CONFIG_DEBUG_INFO_BTF" },
        { "touch /run/empty.$$; mount --bind /run/empty.$$ /etc/resolv.conf; rm /run/empty.$$", "names", "Warn", "/etc/resolv.conf names no server", "name one" },
        { "nft 'add table ip filter { chain FORWARD { type filter hook forward priority 0; policy drop; }; }'", "firewall", "Ok", "'ip filter FORWARD' drops what this host forwards", "" },
        { "nft 'add table inet t { chain i { type filter hook input priority 0; policy drop; }; }'", "firewall", "Warn", "published ports are reached past the firewall, and everyone reaches 8080->80/tcp", "--publish-from CIDR" },
        { "nft 'add table inet t { chain o { type filter hook output priority 0; policy drop; }; }'", "firewall", "Warn", "'inet t o' drops what this host's own programs send", "links fw-*" },
        { "ip link add far type veth peer name far1; ip link set far up; ip route add 10.79.5.0/24 dev far", "addresses", "Warn", "network 'web' (10.79.0.0/16) overlaps", "recreate the network" },
        { "ip netns add $INSTANCE-forgotten", "leftovers", "Warn", "-forgotten' belongs to nothing fairwayd knows of", "ip netns del" },
        { "PRIVILEGES='setpriv --bounding-set -net_raw --inh-caps -net_raw'", "privileges", "Warn", "CAP_NET_RAW (capture)", "run it as root" },
        { "NAMESPACE=lan", "daemon", "Warn", "fairwayd works in network namespace net:[", "run it where fairwayd runs" },
    };

    [Fact]
    public async Task HealthyHost_HasNothingInTheWay()
    {
        var (code, findings) = await DoctorAsync("true");
        Assert.DoesNotContain(findings, finding => finding.Level == "Fail");
        // What this machine runs (Docker, ...) may make published ports worth a warning; and other tests of this class have disturbed the host.
        Assert.All(findings.Where(finding => finding.Level == "Warn" && !finding.Message.Contains("was changed by somebody else", StringComparison.Ordinal)),
            finding => Assert.Equal("firewall", finding.Check));
        Assert.Contains(code, new[] { 0, Warnings });
        Assert.All(findings, finding => Assert.Equal(finding.Level == "Ok", finding.Remedy is null));
    }

    [Theory]
    [MemberData(nameof(Illnesses))]
    public async Task Illness_IsFound_WithItsRemedy(string illness, string check, string level, string message, string remedy)
    {
        try
        {
            var (code, findings) = await DoctorAsync(illness);
            var found = Assert.Single(findings, finding => finding.Check == check && finding.Message.Contains(message, StringComparison.Ordinal));
            Assert.Equal(level, found.Level);
            Assert.Contains(remedy, found.Remedy ?? "", StringComparison.Ordinal);
            Assert.Contains(code, level switch { "Fail" => new[] { Failures }, "Warn" => [Warnings], _ => [0, Warnings] });
        }
        finally
        {
            await setup.Machine.Host.RunAsync("sh", "-c", $"nft flush ruleset; ip link del far; ip netns del {setup.Machine.Instance}-forgotten; "
                + "sysctl -qw net.ipv4.ip_local_port_range='32768 60999' net.ipv6.conf.all.disable_ipv6=0");
        }
    }

    [Fact]
    public async Task DaemonThatIsDead_IsFound_AndWhatItLeftForwarding()
    {
        await setup.Machine.KillDaemonAsync();
        try
        {
            var (code, findings) = await DoctorAsync("true");
            Assert.Equal(Failures, code);
            var dead = Assert.Single(findings, finding => finding.Check == "daemon");
            Assert.Equal("Fail", dead.Level);
            Assert.Contains("nobody listens there any more; start fairwayd", dead.Message, StringComparison.Ordinal);
            var left = Assert.Single(findings, finding => finding.Check == "leftovers");
            Assert.Contains("without a daemon the switch goes on forwarding", left.Message, StringComparison.Ordinal);
            Assert.Contains($"fairwayd --instance {setup.Machine.Instance} --uninstall", left.Remedy, StringComparison.Ordinal);
        }
        finally
        {
            await setup.Machine.StartDaemonAsync();
        }
    }

    [Fact]
    public async Task ProgramThatHeldAPublishedPortBefore_IsNamed()
    {
        // With no daemon and no switch nobody keeps a program from the port; the daemon that comes later finds both.
        await setup.Machine.StopDaemonAsync();
        (await setup.Machine.DaemonCommandAsync("--uninstall")).Expect();
        using Socket holder = setup.Machine.Host.Hold(8080);
        await setup.Machine.StartDaemonAsync();
        var (_, findings) = await DoctorAsync("true");
        var taken = Assert.Single(findings, finding => finding.Check == "ports");
        Assert.Equal("Warn", taken.Level);
        Assert.Contains($"(pid {Environment.ProcessId}) holds tcp [::]:8080, which is published for endpoint 'c1'", taken.Message, StringComparison.Ordinal);
        Assert.Contains("fairway port unpublish c1 8080", taken.Remedy, StringComparison.Ordinal);
    }

    private async Task<(int Code, List<Finding> Findings)> DoctorAsync(string illness)
    {
        string script = $"INSTANCE={setup.Machine.Instance}; NAMESPACE=host; {illness} || exit 99; exec nsenter --net=/run/netns/$INSTANCE.$NAMESPACE $PRIVILEGES {Programs.Fairway} doctor --instance $INSTANCE --output json";
        CommandResult result = await setup.Machine.Host.RunAsync("unshare", "-m", "sh", "-c", script);
        Assert.True(result.Errors.Length == 0, result.Errors);
        using var document = JsonDocument.Parse(result.Output);
        return (result.ExitCode, [.. document.RootElement.GetProperty("Items").EnumerateArray()
            .Select(item => new Finding(Text(item, "Check")!, Text(item, "Level")!, Text(item, "Message")!, Text(item, "Remedy")))]);

        static string? Text(JsonElement item, string member) => item.GetProperty(member).GetString();
    }

    private sealed record Finding(string Check, string Level, string Message, string? Remedy);

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web --subnet 10.79.0.0/16 --subnet fd79::/64");
            // In a namespace of somebody else's, so that it outlives an uninstallation.
            await Machine.DoAsync($"endpoint create c1 --network web --netns {Machine.Lan.Path} --publish 8080:80");
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
