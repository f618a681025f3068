using System.Text.RegularExpressions;
using Fairway.Engines.Tests.Docker;
using Fairway.Engines.Tests.Fixtures;
using Fairway.Engines.Tests.Podman;

namespace Fairway.Engines.Tests.Together;

/// <summary>All engines at once on one network, under the firewalls people have.</summary>
public sealed class TogetherTests(TogetherHost host) : IClassFixture<TogetherHost>
{
    public static TheoryData<string> Firewalls => ["firewalld", "ufw"];

    [Fact]
    public async Task OneList_ShowsThemAll_WithEngineNameImageAndState()
    {
        string list = "";
        await DockerHost.UntilAsync(async () => Regex.Count(list = await host.Machine.DoAsync("endpoint list"), "busybox") == 3, "engines have told what runs");
        Assert.Matches(@"(?m)^shop +shared .* 10\.40\.0\.\d+ +8080->80/tcp +docker shop +busybox +attached ", list);
        Assert.Matches(@"(?m)^stock +shared .* 10\.40\.64\.\d+ +8081->80/tcp +podman stock +localhost/busybox:latest +attached ", list);
        Assert.Matches($@"(?m)^default-billing +shared .* 10\.40\.0\.\d+ +- +cni billing +{Regex.Escape(BusyboxImage.Name)} +attached ", list);
    }

    [Fact]
    public async Task Everyone_ReachesEveryone_ByName_UnderDockersForwardDrop()
    {
        Assert.Contains("-P FORWARD DROP", host.ForwardRules, StringComparison.Ordinal);
        // A firewall of another test, when it stopped, let everything through again.
        (await host.Machine.Host.RunAsync("iptables", "-P", "FORWARD", "DROP")).Expect();
        await CheckAsync();
    }

    [Theory]
    [MemberData(nameof(Firewalls))]
    public async Task Everyone_ReachesEveryone_ByName_UnderAFirewall_AlsoAfterItReloaded(string kind)
    {
        await using RealFirewall firewall = await RealFirewall.StartAsync(kind, host.Machine.Host);
        host.Machine.Host.ServeTcp(7502);
        Assert.False(await host.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 7502), $"{kind} does not deny");
        await CheckAsync();
        await firewall.ReloadAsync();
        await CheckAsync();
        host.Machine.Host.Close();
    }

    private async Task CheckAsync()
    {
        foreach (string from in host.Containers)
            foreach (string to in host.Containers.Where(to => to != from))
                Assert.Equal(to, await host.CallAsync(from, to));
        // A stranger comes in by the published ports, and everybody gets out.
        Assert.Equal("shop", await PodmanHost.CallAsync(host.Machine.Lan, Machine.HostAddress4, 8080));
        Assert.Equal("stock", await PodmanHost.CallAsync(host.Machine.Lan, Machine.HostAddress4, 8081));
    }
}
