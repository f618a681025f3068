namespace Fairway.Engines.Tests.Docker;

/// <summary>What passes and what does not, and what happens to a container whose link is taken away.</summary>
public sealed class DockerTrafficTests(DockerHost docker) : IClassFixture<DockerHost>
{
    [Theory]
    [InlineData("-o fairway.isolation=true")]
    [InlineData("-o com.docker.network.bridge.enable_icc=false")]
    public async Task Isolation_KeepsContainersApart_AndPublishedPortsOpen(string option)
    {
        await docker.CreateNetworkAsync("apart", option);
        await docker.ServeAsync("web", 80, "--network apart -p 8210:80");
        await docker.StartAsync("other", "--network apart");
        Assert.Equal("web", await docker.CallAsync(8210));
        Assert.Equal("web", await docker.CallAsync(8210, fromHost: true, "127.0.0.1"));
        string address = await docker.TypeAsync("inspect --format {{range.NetworkSettings.Networks}}{{.IPAddress}}{{end}} web");
        Assert.NotEqual(0, (await docker.DockerAsync("exec", "other", "nc", "-w", "1", address, "80")).ExitCode);
        await docker.ExecAsync("other", $"ping -c 1 -W 5 {Machine.LanAddress4}");
        // The name is known all the same.
        Assert.Contains(address, await docker.ExecAsync("other", "nslookup web"), StringComparison.Ordinal);
        await docker.RemoveAsync("web", "other");
        await docker.TypeAsync("network rm apart");
    }

    [Theory]
    [InlineData("-o fairway.isolation=perhaps", "is neither true nor false")]
    [InlineData("-o fairway.isolation=true -o com.docker.network.bridge.enable_icc=false", "give one of them")]
    public async Task Isolation_ThatIsNotUnderstood_IsRefused(string options, string error)
    {
        CommandResult refused = await docker.DockerAsync($"network create -d {docker.Driver} --ipam-driver {docker.Driver} {options} refused".Split(' '));
        Assert.Contains(error, refused.Expect(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Isolation_OfANetworkThatIsOthersToo_IsRefused()
    {
        await docker.Machine.DoAsync("network create common --subnet 10.66.0.0/24");
        CommandResult refused = await docker.DockerAsync("network", "create", "-d", docker.Driver, "--ipam-driver", docker.Driver, "--subnet", "10.66.0.0/24",
            "-o", "fairway.network=common", "-o", "fairway.isolation=true", "refused");
        Assert.Contains("fairway policy add common --network", refused.Expect(1), StringComparison.Ordinal);
        await docker.Machine.DoAsync("network delete common");
    }

    [Fact]
    public async Task Udp_ComesInByAPublishedPort_AndIsAnswered()
    {
        await docker.CreateNetworkAsync("datagrams");
        await docker.StartAsync("clock", "--network datagrams -p 8220:53/udp -p 127.0.0.1:8221:53/udp");
        using var inside = new Place(await NamespaceAsync("clock"));
        inside.ServeUdp(53);
        Assert.Equal(Machine.LanAddress4, (await docker.Machine.Lan.CallUdpAsync(Machine.HostAddress4, 8220)).SeenAs.ToString());
        Assert.Equal(Machine.HostAddress4, (await docker.Machine.Host.CallUdpAsync(Machine.HostAddress4, 8220)).From.ToString());
        Assert.Equal("127.0.0.1", (await docker.Machine.Host.CallUdpAsync("127.0.0.1", 8221)).From.ToString());
        await docker.RemoveAsync("clock");
        await docker.TypeAsync("network rm datagrams");
    }

    [Fact]
    public async Task Link_ThatWasDeleted_IsReported_AndTheContainerIsBackAfterARestart()
    {
        await docker.CreateNetworkAsync("torn");
        await docker.ServeAsync("victim", 80, "--network torn -p 8230:80");
        Assert.Equal("victim", await docker.CallAsync(8230));
        await DockerHost.UntilAsync(async () => (await docker.EndpointsAsync()).Any(endpoint => endpoint.Spec.Name == "victim"), "Docker has told the name");
        using (var inside = new Place(await NamespaceAsync("victim")))
            (await inside.RunAsync("ip", "link", "delete", "eth0")).Expect();
        await DockerHost.UntilAsync(async () => (await docker.Machine.DoAsync("endpoint list")).Contains("degraded", StringComparison.Ordinal), "it is reported");
        Assert.Contains("restart the container", await docker.Machine.DoAsync("endpoint show victim"), StringComparison.Ordinal);
        await docker.TypeAsync("restart --time 0 victim");
        Assert.Equal("victim", await docker.CallAsync(8230));
        await docker.RemoveAsync("victim");
        await docker.TypeAsync("network rm torn");
    }

    private async Task<string> NamespaceAsync(string container) => $"/proc/{await docker.TypeAsync($"inspect --format {{{{.State.Pid}}}} {container}")}/ns/net";
}
