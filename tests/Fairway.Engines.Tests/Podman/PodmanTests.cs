using System.Text.Json;
using Fairway.Model.Ports;

namespace Fairway.Engines.Tests.Podman;

/// <summary>The real Podman, unchanged, on Fairway's networks.</summary>
public sealed class PodmanTests(PodmanHost podman) : IClassFixture<PodmanHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Machine Machine => podman.Machine;

    [Fact]
    public async Task Run_OnTheDefaultNetwork_ReachesTheOutside_AndLeavesNothing()
    {
        var inside = await podman.DoAsync("run", "--rm", PodmanHost.Image, "sh", "-c", "ip -o address; ip route");
        Assert.Contains("lo    inet 127.0.0.1/8", inside, StringComparison.Ordinal);
        Assert.Matches(@"eth0    inet 10\.88\.\d+\.\d+/16", inside);
        Assert.Contains("default via 10.88.0.1 dev eth0", inside, StringComparison.Ordinal);

        Machine.Lan.ServeTcp(7001);
        var answer = await podman.DoAsync("run", "--rm", PodmanHost.Image, "sh", "-c", $"nc -w 2 {Machine.LanAddress4} 7001 </dev/null");
        Assert.Equal(Machine.HostAddress4, answer);
        Assert.False(await podman.IsNetworkThereAsync("podman", wanted: false));
        Assert.Empty(await Machine.Client.ListEndpointsAsync(Cancellation));
    }

    [Fact]
    public async Task Containers_FindEachOther_ByNameAliasAndHostname()
    {
        var network = await NetworkAsync("names");
        await podman.ServeAsync("n1", 80, $"--network {network} --network-alias api");
        await podman.StartAsync("n2", $"--network {network}");
        foreach (var name in new[] { "n1", "api", "n1.dns.podman", $"n1.{network}" })
            Assert.Equal("n1", await podman.CallAsync("n2", name, 80));
        var endpoint = await Machine.Client.GetEndpointAsync($"{network}/n1", Cancellation);
        Assert.Equal(("podman", "n1", $"{PodmanHost.Image}:latest"), (endpoint.Spec.Owner!.Engine, endpoint.Spec.Owner.Name, endpoint.Spec.Owner.Image));
        Assert.Equal(endpoint.Addresses[0].Address.ToString(), await podman.DoAsync("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "n1"));
        await podman.RemoveAsync("n1", "n2");
        await RemoveAsync(network);
    }

    [Fact]
    public async Task AskedAddressAndMac_AreGiven()
    {
        var network = await NetworkAsync("asked", "--subnet", "10.77.0.0/24", "--ipv6", "--subnet", "fd77::/64");
        await podman.StartAsync("a1", $"--network {network} --ip 10.77.0.99 --ip6 fd77::99 --mac-address 02:00:00:00:77:99");
        var inside = (await podman.ExecAsync("a1", "ip address show eth0")).Expect();
        Assert.Contains("02:00:00:00:77:99", inside, StringComparison.Ordinal);
        Assert.Contains("inet 10.77.0.99/24", inside, StringComparison.Ordinal);
        Assert.Contains("inet6 fd77::99/64", inside, StringComparison.Ordinal);
        await podman.RemoveAsync("a1");
        await RemoveAsync(network);
    }

    [Fact]
    public async Task PublishedPorts_AreReachedFromEverywhere_AndOnlyWhereAsked()
    {
        await podman.ServeAsync("p1", 80, "--publish 8080:80 --publish 127.0.0.1:8081:80 --publish 9000-9009:9000-9009/udp");
        Assert.Equal("p1", await PodmanHost.CallAsync(Machine.Lan, Machine.HostAddress4, 8080));
        Assert.Equal("p1", await PodmanHost.CallAsync(Machine.Host, "127.0.0.1", 8080));
        Assert.Equal("p1", await PodmanHost.CallAsync(Machine.Host, "127.0.0.1", 8081));
        Assert.False(await Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8081));
        Assert.Equal(["127.0.0.1:8081:80", "8080:80", "9000-9009:9000-9009/udp"], (await PublishedAsync()).Order(StringComparer.Ordinal));

        var refused = await podman.PodmanAsync("run", "--rm", "--publish", "8080:80", PodmanHost.Image, "true");
        Assert.Contains("endpoint 'podman/p1' publishes 8080:80; choose another host port", refused.Expect(126), StringComparison.Ordinal);
        await podman.RemoveAsync("p1");
        Assert.Empty(await PublishedAsync());
    }

    [Fact]
    public async Task Connect_AddsANetwork_AndPortsMoveWhenTheirsIsLeft()
    {
        var (front, back) = (await NetworkAsync("front"), await NetworkAsync("back"));
        await podman.ServeAsync("m1", 80, $"--network {front} --publish 8090:80");
        await podman.StartAsync("m2", $"--network {back}");
        await podman.DoAsync("network", "connect", "--alias", "second", back, "m1");
        Assert.Equal("m1", await podman.CallAsync("m2", "second", 80));
        await podman.DoAsync("network", "disconnect", front, "m1");
        Assert.Equal("m1", await PodmanHost.CallAsync(Machine.Lan, Machine.HostAddress4, 8090));
        Assert.Equal("8090:80", PublicationText.Format(Assert.Single((await Machine.Client.GetEndpointAsync($"{back}/m1", Cancellation)).Spec.Publications)));
        Assert.False(await podman.IsNetworkThereAsync(front, wanted: false));
        await podman.DoAsync("network", "connect", front, "m1");
        await podman.DoAsync("network", "reload", "m1");
        Assert.Equal("m1", await PodmanHost.CallAsync(Machine.Lan, Machine.HostAddress4, 8090));
        Assert.Equal("m1", await podman.CallAsync("m2", "m1", 80));
        await podman.RemoveAsync("m1", "m2");
        await RemoveAsync(front, back);
    }

    [Fact]
    public async Task Restart_OfAContainer_KeepsItsPort()
    {
        await podman.ServeAsync("r1", 80, "--publish 8095:80");
        await podman.DoAsync("restart", "--time", "0", "r1");
        Assert.Equal("r1", await PodmanHost.CallAsync(Machine.Lan, Machine.HostAddress4, 8095));
        await podman.RemoveAsync("r1");
    }

    [Fact]
    public async Task Pod_IsOneEndpoint_WithItsNameAndPorts()
    {
        var network = await NetworkAsync("pods");
        await podman.DoAsync("pod", "create", "--name", "duo", "--network", network, "--publish", "8100:80", "--infra-image", PodmanHost.Image, "--infra-command", "sleep 1000000");
        await podman.ServeAsync("one", 80, "--pod duo");
        await podman.ServeAsync("two", 81, "--pod duo");
        await podman.StartAsync("guest", $"--network {network}");
        Assert.Equal("one", await podman.CallAsync("guest", "duo", 80));
        Assert.Equal("two", await podman.CallAsync("one", "127.0.0.1", 81));
        Assert.Equal("one", await PodmanHost.CallAsync(Machine.Lan, Machine.HostAddress4, 8100));
        await podman.DoAsync("pod", "rm", "--force", "--time", "0", "duo");
        Assert.Equal(["guest"], (await Machine.Client.ListEndpointsAsync(Cancellation)).Select(endpoint => endpoint.Spec.Name));
        await podman.RemoveAsync("guest");
        await RemoveAsync(network);
    }

    [Fact]
    public async Task Internal_ReachesItsOwnAndNobodyElse()
    {
        var network = await NetworkAsync("inner", "--internal");
        Machine.Lan.ServeTcp(7002);
        await podman.ServeAsync("i1", 80, $"--network {network}");
        await podman.StartAsync("i2", $"--network {network}");
        Assert.Equal("i1", await podman.CallAsync("i2", "i1", 80));
        Assert.NotEqual(0, (await podman.ExecAsync("i2", $"nc -w 1 {Machine.LanAddress4} 7002 </dev/null")).ExitCode);
        var refused = await podman.PodmanAsync("run", "--rm", "--network", network, "--publish", "8110:80", PodmanHost.Image, "true");
        Assert.Contains("has no way in", refused.Expect(126), StringComparison.Ordinal);
        await podman.RemoveAsync("i1", "i2");
        await RemoveAsync(network);
    }

    [Fact]
    public async Task SharedNetwork_HoldsContainersAndOthers_EachWithItsSlice()
    {
        var name = podman.Named("shared");
        await Machine.DoAsync($"network create {name} --subnet 10.66.0.0/24 --ip-range 10.66.0.0/26");
        await Machine.DoAsync($"podman join {name} --ip-range 10.66.0.64/26 --network-dir {podman.NetworkDirectory}");
        var other = (await Machine.AddAsync("other", name)).ServeTcp(80);
        await podman.ServeAsync("s1", 80, $"--network {name}");
        Assert.Equal("10.66.0.64", (await Machine.Client.GetEndpointAsync($"{name}/s1", Cancellation)).Addresses[0].Address.ToString());
        Assert.Equal("10.66.0.64", await podman.CallAsync("s1", "other", 80));
        Assert.Equal("s1", await PodmanHost.CallAsync(other, await Machine.AddressAsync($"{name}/s1", 4), 80));

        await Machine.DoAsync("namespace create intruder");
        await Machine.DoAsync($"endpoint create intruder --network {name} --namespace intruder --ip 10.66.0.70");
        var refused = await podman.PodmanAsync("run", "--rm", "--network", name, "--ip", "10.66.0.70", PodmanHost.Image, "true");
        Assert.Contains($"address 10.66.0.70 is taken by endpoint '{name}/intruder'; choose another address", refused.Expect(126), StringComparison.Ordinal);

        await podman.RemoveAsync("s1");
        await Machine.RemoveAsync("intruder");
        await Machine.RemoveAsync("other");
        Assert.True(await podman.IsNetworkThereAsync(name, wanted: true));
        await podman.DoAsync("network", "rm", name);
        await Machine.DoAsync($"network delete {name}");
    }

    [Fact]
    public async Task NameOfAnotherNetwork_IsRefused_WithTheWayToJoinIt()
    {
        var name = podman.Named("mine");
        await Machine.DoAsync($"network create {name}");
        await podman.DoAsync("network", "create", name);
        var refused = await podman.PodmanAsync("run", "--rm", "--network", name, PodmanHost.Image, "true");
        Assert.Contains($"create Podman's with --label fairway.network={name}", refused.Expect(126), StringComparison.Ordinal);
        await podman.DoAsync("network", "rm", name);
        await Machine.DoAsync($"network delete {name}");
    }

    [Fact]
    public async Task Daemon_KilledAndStartedAgain_DisturbsNobody()
    {
        var network = await NetworkAsync("lasting");
        await podman.ServeAsync("d1", 80, $"--network {network} --publish 8120:80");
        await podman.StartAsync("d2", $"--network {network}");
        var address = await Machine.AddressAsync($"{network}/d1", 4);
        await Machine.KillDaemonAsync();
        Assert.Equal("d1", await podman.CallAsync("d2", address, 80));
        Assert.Equal("d1", await PodmanHost.CallAsync(Machine.Lan, Machine.HostAddress4, 8120));
        var refused = await podman.PodmanAsync("run", "--rm", "--network", network, PodmanHost.Image, "true");
        Assert.Contains("start fairwayd", refused.Expect(126), StringComparison.Ordinal);
        // It goes while nobody can be told.
        await podman.PodmanAsync("rm", "--force", "--time", "0", "d2");
        await Machine.StartDaemonAsync();
        Assert.Equal(["d1"], await PodmanHost.UntilAsync(async () => (await Machine.Client.ListEndpointsAsync(Cancellation)).Select(endpoint => endpoint.Spec.Name!).ToArray(), names => names.Length == 1));
        await podman.StartAsync("d3", $"--network {network}");
        Assert.Equal("d1", await podman.CallAsync("d3", "d1", 80));
        await podman.RemoveAsync("d1", "d3");
        await RemoveAsync(network);
    }

    [Fact]
    public async Task Network_MadeAgainUnderItsName_IsAnother()
    {
        for (var i = 0; i < 2; i++)
        {
            var network = await NetworkAsync("again", "--subnet", "10.55.0.0/24");
            await podman.DoAsync("run", "--rm", "--network", network, PodmanHost.Image, "true");
            await RemoveAsync(network);
        }
    }

    [Fact]
    public async Task Info_NamesFairway()
    {
        using var info = JsonDocument.Parse(await podman.DoAsync("info", "--format", "json"));
        Assert.Equal("netavark", info.RootElement.GetProperty("host").GetProperty("networkBackend").GetString());
    }

    private async Task<string> NetworkAsync(string name, params string[] options)
    {
        await podman.DoAsync(["network", "create", .. options, podman.Named(name)]);
        return podman.Named(name);
    }

    private Task<string> RemoveAsync(params string[] networks) => podman.DoAsync(["network", "rm", .. networks]);

    private async Task<IEnumerable<string>> PublishedAsync() => (await Machine.Client.ListPublicationsAsync(Cancellation)).Select(port => PublicationText.Format(port.Publication)).Distinct();
}
