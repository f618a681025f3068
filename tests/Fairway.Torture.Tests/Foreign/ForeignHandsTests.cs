using System.Diagnostics;
using Fairway.Model.Changes;
using Fairway.Torture.Tests.Fixtures;
using Fairway.Torture.Tests.Traffic;

namespace Fairway.Torture.Tests.Foreign;

/// <summary>Other programs of the host change what is Fairway's, while it runs: it is seen at once, put back and told; what never was ours to lose costs no packet.</summary>
public sealed class ForeignHandsTests : IAsyncLifetime
{
    private readonly Machine _machine = new();

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task FirewallsAtWork_CostNoPacket()
    {
        await using Crossing crossing = await Crossing.BeginAsync(_machine);
        string[] hands =
        [
            "nft 'add table inet strict { chain f { type filter hook forward priority 0; policy drop; }; }'", "nft flush ruleset", "iptables -P FORWARD DROP", "iptables -F; iptables -t nat -F",
            "sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=1", "nft flush ruleset",
        ];
        foreach (string hand in Enumerable.Repeat(hands, 10).SelectMany(hand => hand))
        {
            (await _machine.Host.RunAsync("sh", "-c", hand)).Expect();
        }
        await crossing.CheckAsync("firewalls set up, flushed and closed");
    }

    [Fact]
    public async Task Damage_IsPutBackWithinASecond_AndTold()
    {
        await _machine.DoAsync("network create web");
        Place client = await _machine.AddAsync("client", "web");
        (await _machine.AddAsync("server", "web", "--publish 8080:80")).ServeTcp(80);
        Guid endpoint = (await _machine.Client.GetEndpointAsync("client", TestContext.Current.CancellationToken)).Spec.Id, network = (await _machine.Client.GetNetworkAsync("web", TestContext.Current.CancellationToken)).Spec.Id;
        string server = await _machine.AddressAsync("server", 4);
        var times = new List<string>();
        foreach (var (what, damage, id) in ((string, string, Guid)[])
        [
            ("link of an endpoint deleted", $"ip link del {_machine.Instance}-endpoint-{endpoint:N}", endpoint),
            ("filter of an endpoint deleted", $"tc filter del dev $(ip -o link show {_machine.Instance}-endpoint-{endpoint:N} | sed -E 's/^[0-9]+: //; s/[:@].*//') ingress", endpoint),
            ("host's interface deleted", $"ip link del {_machine.Instance}-network-{network:N}", network),
            ("addresses of the host's interface deleted", $"ip addr flush dev $(ip -o link show {_machine.Instance}-network-{network:N} | sed -E 's/^[0-9]+: //; s/[:@].*//')", network),
        ])
        {
            long revision = (await _machine.Client.GetHealthAsync(TestContext.Current.CancellationToken)).Revision;
            long start = Stopwatch.GetTimestamp();
            (await _machine.Host.RunAsync("sh", "-c", damage)).Expect();
            await ToldAsync(revision, id);
            times.Add($"{what}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
            Assert.True(await client.ReachesTcpAsync(server, 80, seconds: 10), what);
            Assert.True(await _machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8080, seconds: 10), what);
        }
        CommandResult doctor = await Programs.RunAsync(Programs.Inside(_machine.Host.Path, Programs.Fairway, "doctor", "--instance", _machine.Instance, "--socket", _machine.SocketPath));
        Assert.Contains("the interface of endpoint 'web/client' was changed by somebody else 2 times", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("the host's interface in network 'web' was changed by somebody else 2 times", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("is put back", _machine.Log, StringComparison.Ordinal);
        Run.Tell($"put back and told: {string.Join(", ", times)}");
    }

    private async Task ToldAsync(long after, Guid id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (Change change in _machine.Client.WatchChangesAsync(after, patience.Token))
        {
            if (change.Id == id && change.Kind == ChangeKind.Repaired)
                return;
        }
        Assert.Fail("the stream of changes ended");
    }
}
