using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Engines.Tests.Docker;

/// <summary>The real dockerd, with the commands people type.</summary>
public sealed class DockerTests(DockerHost docker) : IClassFixture<DockerHost>
{
    [Fact]
    public async Task NetworkCreate_WithEverything_MakesTheNetworkSo()
    {
        await docker.CreateNetworkAsync("full", "--subnet 10.60.0.0/24 --gateway 10.60.0.254 --ip-range 10.60.0.128/25 --aux-address nas=10.60.0.130 "
            + "--ipv6 --subnet fd60::/64 --label team=web -o fairway.mtu=1400");
        await DockerHost.UntilAsync(async () => (await docker.NetworksAsync()).Any(network => network.Spec.Name == "full"), "the network has its name");
        Network full = (await docker.NetworksAsync()).Single(network => network.Spec.Name == "full");
        SubnetSpec subnet = full.Spec.Subnets[0];
        Assert.Equal(("10.60.0.0/24", "10.60.0.254", "10.60.0.128/25", 1400), ($"{subnet.Prefix}", $"{subnet.Gateway}", $"{subnet.AllocationRange}", full.Mtu));
        Assert.Equal(["10.60.0.130"], subnet.Reserved.Select(address => address.ToString()));
        Assert.Equal("fd60::/64", $"{full.Spec.Subnets[1].Prefix}");
        Assert.Equal("web", full.Spec.EngineNetworks[0].Labels!["team"]);
        await docker.StartAsync("first", "--network full");
        Assert.Contains("10.60.0.128/24", await docker.ExecAsync("first", "ip addr show eth0"), StringComparison.Ordinal);
        Assert.Contains("mtu 1400", await docker.ExecAsync("first", "ip link show eth0"), StringComparison.Ordinal);
        await docker.StartAsync("second", "--network full --ip 10.60.0.9 --ip6 fd60::9 --mac-address 02:42:00:00:00:09");
        string link = await docker.ExecAsync("second", "ip addr show eth0");
        Assert.All(["10.60.0.9/24", "fd60::9/64", "02:42:00:00:00:09"], text => Assert.Contains(text, link, StringComparison.Ordinal));
        await docker.ExecAsync("first", "ping -c 1 -W 5 10.60.0.9");
        await docker.ExecAsync("first", "ping -c 1 -W 5 fd60::9");
        CommandResult taken = await docker.DockerAsync("run", "--rm", "--network", "full", "--ip", "10.60.0.9", "busybox", "true");
        Assert.Contains("is taken by endpoint 'full/second'", taken.Errors, StringComparison.Ordinal);
        await docker.RemoveAsync("first", "second");
        await docker.TypeAsync("network rm full");
        Assert.DoesNotContain(await docker.NetworksAsync(), network => network.Spec.Name == "full");
    }

    [Theory]
    [InlineData("-o fairway.tipe=nat", "option 'fairway.tipe' is not known")]
    [InlineData("-o fairway.type=token-ring", "is no type of network")]
    [InlineData("-o fairway.mtu=many", "is not a number of bytes")]
    [InlineData("--internal -o fairway.type=nat", "contradict each other")]
    [InlineData("-o fairway.network=nobody", "network 'nobody' does not exist")]
    [InlineData("--ipam-opt fairway.netwrk=x", "IPAM option 'fairway.netwrk' is not known")]
    public async Task NetworkCreate_WithWhatIsNotUnderstood_IsRefusedAndLeavesNothing(string options, string error)
    {
        CommandResult refused = await docker.DockerAsync($"network create -d {docker.Driver} --ipam-driver {docker.Driver} {options} refused".Split(' '));
        Assert.Contains(error, refused.Expect(1), StringComparison.Ordinal);
        Assert.DoesNotContain("refused", await docker.TypeAsync("network ls"), StringComparison.Ordinal);
        Assert.DoesNotContain(await docker.NetworksAsync(), network => network.Spec.Name.StartsWith("docker-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NamesOfAllEngines_ResolveInBothDirections()
    {
        await docker.CreateNetworkAsync("names");
        await docker.ServeAsync("shop", 80, "--network names --network-alias store --label tier=front");
        await DockerHost.UntilAsync(async () => (await docker.EndpointsAsync()).Any(endpoint => endpoint.Spec.Name == "shop"), "Docker has told the name");
        Endpoint shop = (await docker.EndpointsAsync()).Single(endpoint => endpoint.Spec.Name == "shop");
        Assert.Equal(("docker", "shop", "busybox", "front"), (shop.Spec.Owner!.Engine, shop.Spec.Owner.Name, shop.Spec.Owner.Image, shop.Spec.Owner.Labels!["tier"]));
        Assert.Contains("store", shop.Spec.Aliases);
        Place other = await docker.Machine.AddAsync("other", "names");
        await docker.ExecAsync("shop", "ping -c 1 -W 5 other");
        Assert.Contains(await docker.Machine.AddressAsync("other", 4), await docker.ExecAsync("shop", "nslookup other.names 192.0.2.53"), StringComparison.Ordinal);
        foreach (string name in (string[])["shop", "store", "shop.names"])
            Assert.StartsWith(await docker.Machine.AddressAsync("shop", 4), await docker.Machine.DoAsync($"exec other -- getent ahostsv4 {name}"), StringComparison.Ordinal);
        Assert.True(await other.PingAsync(await docker.Machine.AddressAsync("shop", 4)));
        await docker.TypeAsync("rename shop market");
        await DockerHost.UntilAsync(async () => (await docker.Machine.FairwayAsync("exec", "other", "--", "getent", "hosts", "market")).ExitCode == 0, "the new name is known");
        await docker.RemoveAsync("market");
        await docker.Machine.RemoveAsync("other");
        await docker.TypeAsync("network rm names");
    }

    [Fact]
    public async Task Ports_AreOpenAsAsked()
    {
        await docker.CreateNetworkAsync("ports");
        await docker.ServeAsync("web", 80, "--network ports -p 8080:80 -p 8100-8102:80-82 -p 5353:53/udp -p 127.0.0.1:8085:80 -p 80");
        Assert.Equal("web", await docker.CallAsync(8080));
        Assert.Equal("web", await docker.CallAsync(8100));
        Assert.Equal("web", await docker.CallAsync(8085, fromHost: true, "127.0.0.1"));
        Assert.False(await docker.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8085));
        IReadOnlyList<PublishedPort> ports = await docker.PortsAsync();
        PortPublication random = ports.Single(port => port.Publication.HostPort is >= 20000 and < 30000).Publication;
        Assert.Equal("web", await docker.CallAsync(random.HostPort));
        Assert.Contains(ports, port => port.Publication is { Count: 3, HostPort: 8100, ContainerPort: 80 });
        Assert.Contains(ports, port => port.Publication is { Protocol: TransportProtocol.Udp, HostPort: 5353, ContainerPort: 53 });
        CommandResult taken = await docker.DockerAsync("run", "--rm", "--network", "ports", "-p", "8101:80", "busybox", "true");
        Assert.Contains("8101", taken.Expect(125), StringComparison.Ordinal);
        await docker.TypeAsync("run --rm --network ports -p 8080-8089:80 busybox true");
        await docker.RemoveAsync("web");
        Assert.Empty(await docker.PortsAsync());
        await docker.TypeAsync("network rm ports");
    }

    [Fact]
    public async Task Container_OnSeveralNetworks_ComesAndGoesWhileItRuns()
    {
        await docker.CreateNetworkAsync("front");
        await docker.CreateNetworkAsync("back", "--internal --subnet 10.61.0.0/24");
        await docker.StartAsync("app", "--network back --ip 10.61.0.5 -p 8090:80");
        await docker.StartAsync("db", "--network back --network-alias database");
        await docker.ExecAsync("app", "ping -c 1 -W 5 database");
        Assert.DoesNotContain("default", await docker.ExecAsync("app", "ip route"), StringComparison.Ordinal);
        for (int i = 0; i < 2; i++)
        {
            await docker.TypeAsync("network connect front app");
            Assert.Contains("default via", await docker.ExecAsync("app", "ip route"), StringComparison.Ordinal);
            Assert.Equal(8090, Assert.Single(await docker.PortsAsync()).Publication.HostPort);
            await docker.ExecAsync("app", $"ping -c 1 -W 5 {Machine.HostAddress4}");
            await docker.ExecAsync("app", "ping -c 1 -W 5 database");
            await docker.TypeAsync("network disconnect front app");
            Assert.Empty(await docker.PortsAsync());
        }
        string networks = await docker.TypeAsync("network ls"), links = (await docker.Machine.Host.RunAsync("ip", "link")).Output;
        Assert.DoesNotContain("docker_gwbridge", networks + links, StringComparison.Ordinal);
        await docker.RemoveAsync("app", "db");
        await docker.TypeAsync("network rm front back");
    }

    [Fact]
    public async Task Network_ThatExists_IsJoined_AndItsAddressesShared()
    {
        await docker.Machine.DoAsync("network create shared --subnet 10.62.0.0/24");
        await docker.Machine.AddAsync("native", "shared");
        await docker.CreateNetworkAsync("ours", "--subnet 10.62.0.0/24 -o fairway.network=shared");
        await docker.StartAsync("guest", "--network ours");
        await docker.ExecAsync("guest", "ping -c 1 -W 5 native");
        CommandResult taken = await docker.DockerAsync("run", "--rm", "--network", "ours", "--ip", await docker.Machine.AddressAsync("native", 4), "busybox", "true");
        Assert.Contains("is taken by endpoint 'shared/native'", taken.Errors, StringComparison.Ordinal);
        CommandResult foreign = await docker.DockerAsync("network", "create", "-d", docker.Driver, "-o", "fairway.network=shared", "wrong");
        Assert.Contains("--subnet 10.62.0.0/24 --gateway 10.62.0.1", foreign.Errors, StringComparison.Ordinal);
        await docker.RemoveAsync("guest");
        await docker.TypeAsync("network rm ours");
        Assert.Contains(await docker.NetworksAsync(), network => network.Spec.Name == "shared");
        await docker.Machine.RemoveAsync("native");
        await docker.Machine.DoAsync("network delete shared");
    }

    [Fact]
    public async Task Restarts_InEitherOrder_KeepContainersTalking_AndNewOnesStart()
    {
        await docker.CreateNetworkAsync("steady");
        await docker.ServeAsync("old", 80, "--network steady -p 8070:80");
        await docker.StartAsync("peer", "--network steady");
        Func<Task>[] accidents =
        [
            docker.Machine.KillDaemonAsync,
            () => docker.EndDockerAsync("KILL"),
            docker.Machine.KillDaemonAsync,
        ];
        await accidents[0]();
        Assert.Equal("old", await docker.CallAsync(8070));
        await docker.Machine.StartDaemonAsync();
        await CheckAsync("one");
        await accidents[1]();
        Assert.Equal("old", await docker.CallAsync(8070));
        await accidents[2]();
        Assert.Equal("old", await docker.CallAsync(8070));
        await docker.Machine.StartDaemonAsync();
        await docker.StartDockerAsync();
        await CheckAsync("two");
        await docker.EndDockerAsync("TERM");
        await docker.StartDockerAsync();
        await CheckAsync("three");
        await docker.RemoveAsync("old", "peer");
        await docker.TypeAsync("network rm steady");

        async Task CheckAsync(string fresh)
        {
            Assert.Equal("old", await docker.CallAsync(8070));
            await docker.ExecAsync("peer", "ping -c 1 -W 5 old");
            await docker.TypeAsync($"run --rm --name {fresh} --network steady busybox ping -c 1 -W 5 old");
            await DockerHost.UntilAsync(async () => (await docker.EndpointsAsync()).Count(endpoint => endpoint.Spec.HandedOver) == 2, "only the two that run are left");
        }
    }
}
