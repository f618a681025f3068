namespace Fairway.Engines.Tests.Podman;

/// <summary>The real Podman with its CNI backend.</summary>
public sealed class PodmanCniTests(PodmanCniHost host) : IClassFixture<PodmanCniHost>
{
    private PodmanHost Podman => host.Podman;

    [Fact]
    public async Task Containers_ReachEachOtherByName_AndArePublished()
    {
        await Podman.ServeAsync("c1", 80, $"--network {PodmanCniHost.Network} --publish 8080:80");
        await Podman.StartAsync("c2", $"--network {PodmanCniHost.Network} --ip 10.78.0.99 --mac-address 02:00:00:00:78:99");

        Assert.Equal("c1", await Podman.CallAsync("c2", "c1", 80));
        Assert.Equal("c1", await PodmanHost.CallAsync(host.Machine.Lan, Machine.HostAddress4, 8080));
        var inside = (await Podman.ExecAsync("c2", "ip address show eth0")).Expect();
        Assert.Contains("inet 10.78.0.99/24", inside, StringComparison.Ordinal);
        Assert.Contains("02:00:00:00:78:99", inside, StringComparison.Ordinal);
        Assert.Matches(@"\bc1 +pods .* 8080->80/tcp +cni (\S+/)?c1 ", await host.Machine.DoAsync("endpoint list"));
        await Podman.RemoveAsync("c1", "c2");
        Assert.Empty(await host.Machine.Client.ListEndpointsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refusal_IsShown_AndLeavesNothing()
    {
        await Podman.ServeAsync("taken", 80, $"--network {PodmanCniHost.Network} --publish 8081:80");
        var refused = await Podman.PodmanAsync("run", "--rm", "--network", PodmanCniHost.Network, "--publish", "8081:80", PodmanHost.Image, "true");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("8081:80; choose another host port", refused.Errors, StringComparison.Ordinal);
        await Podman.RemoveAsync("taken");
        Assert.Empty(await host.Machine.Client.ListEndpointsAsync(TestContext.Current.CancellationToken));
    }
}
