namespace Fairway.Engines.Tests.Docker;

/// <summary>A Compose file, brought up and taken down by Debian's docker-compose.</summary>
public sealed class ComposeTests(DockerHost docker) : IClassFixture<DockerHost>
{
    private string File => $"""
        version: "2.4"
        services:
          web:
            image: busybox
            command: sh -c 'while :; do echo web | nc -l -p 80; done'
            ports: ["8300:80", "127.0.0.1:8301:80"]
            networks:
              front:
                aliases: [shop]
              back:
                ipv4_address: 10.63.0.9
          db:
            image: busybox
            command: sleep 1000000
            networks:
              back:
                aliases: [database]
        networks:
          front:
            driver: {docker.Driver}
            ipam: {"{"} driver: {docker.Driver} {"}"}
            driver_opts: {"{"} fairway.mtu: "1400" {"}"}
          back:
            driver: {docker.Driver}
            internal: true
            ipam: {"{"} driver: {docker.Driver}, config: [{"{"} subnet: 10.63.0.0/24 {"}"}] {"}"}
        """;

    [Fact]
    public async Task Project_ComesUp_WithNetworksAliasesAddressesAndPorts_AndGoesDown()
    {
        await ComposeAsync("up", "--detach");
        Assert.Equal("web", await docker.CallAsync(8300));
        Assert.Equal("web", await docker.CallAsync(8301, fromHost: true, "127.0.0.1"));
        Assert.False(await docker.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8301));
        await ComposeAsync("exec", "-T", "web", "ping", "-c", "1", "-W", "5", "database");
        await ComposeAsync("exec", "-T", "db", "ping", "-c", "1", "-W", "5", "web");
        Assert.Contains("10.63.0.9/24", await ComposeAsync("exec", "-T", "web", "ip", "addr"), StringComparison.Ordinal);
        Assert.Contains("mtu 1400", await ComposeAsync("exec", "-T", "web", "ip", "link"), StringComparison.Ordinal);
        Place guest = await docker.Machine.AddAsync("guest", "demo_front");
        Assert.Contains(await docker.Machine.AddressAsync("demo_front/demo_web_1", 4), await docker.Machine.DoAsync("exec guest -- getent ahostsv4 shop"), StringComparison.Ordinal);
        await docker.Machine.RemoveAsync("guest");
        // Again with nothing changed, and once more as new containers.
        await ComposeAsync("up", "--detach");
        await ComposeAsync("up", "--detach", "--force-recreate", "--timeout", "0");
        Assert.Equal("web", await docker.CallAsync(8300));
        await ComposeAsync("down", "--timeout", "0");
        Assert.Empty(await docker.EndpointsAsync());
        Assert.DoesNotContain(await docker.NetworksAsync(), network => network.Spec.Name.StartsWith("demo_", StringComparison.Ordinal));
    }

    private async Task<string> ComposeAsync(params string[] words)
    {
        string path = Path.Combine(Fixtures.TestFolder.Path, "docker-compose.yml");
        await System.IO.File.WriteAllTextAsync(path, File, TestContext.Current.CancellationToken);
        return (await Programs.RunAsync(Programs.Inside(docker.Machine.Host.Path, ["docker-compose", "--project-name", "demo", "--file", path, .. words]),
            new Dictionary<string, string> { ["DOCKER_HOST"] = docker.Address })).Expect();
    }
}
