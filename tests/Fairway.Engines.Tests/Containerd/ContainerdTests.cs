using System.Net;
using Fairway.Engines.Tests.Containerd.Cri;
using Fairway.Engines.Tests.Fixtures;

namespace Fairway.Engines.Tests.Containerd;

/// <summary>The real containerd: <c>ctr run --cni</c>, and pods through the Kubernetes runtime interface.</summary>
public sealed class ContainerdTests(ContainerdHost host) : IClassFixture<ContainerdHost>
{
    [Fact]
    public async Task CtrRun_WithCni_GivesTheContainerAnInterface_AndTakesItAgain()
    {
        var shown = await host.CtrAsync("run", "--rm", "--cni", BusyboxImage.Name, "ctr1", "sh", "-c", "ip -o addr show eth0; ip route; cat /proc/sys/net/core/somaxconn");

        Assert.Matches(@"inet 10\.\d+\.\d+\.\d+/20", shown);
        Assert.Matches(@"default via 10\.\d+\.\d+\.1 dev eth0", shown);
        // The plugin behind ours in the chain has run too.
        Assert.Contains("511", shown, StringComparison.Ordinal);
        Assert.Null(await host.EndpointAsync("default-ctr1"));
    }

    [Fact]
    public async Task Pod_OfTwoContainersWithAHostPort_IsReachedFromTheLan_AndByName()
    {
        var pod = ContainerdHost.Pod("web-0", new PortMapping { ContainerPort = 80, HostPort = 8080 });
        var sandbox = await host.RunPodAsync(pod);
        var server = await host.StartContainerAsync(sandbox, pod, "server", "sh", "-c", "mkdir /www && echo hello > /www/index.html && exec httpd -f -p 80 -h /www");
        var second = await host.StartContainerAsync(sandbox, pod, "second", "sleep", "1000000");
        var other = ContainerdHost.Pod("client-0");
        var otherSandbox = await host.RunPodAsync(other);
        var client = await host.StartContainerAsync(otherSandbox, other, "client", "sleep", "1000000");
        try
        {
            var address = (await host.Cri.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = sandbox },
                cancellationToken: TestContext.Current.CancellationToken)).Status.Network.Ip;
            var endpoint = (await host.EndpointAsync(sandbox))!;
            Assert.Contains(IPAddress.Parse(address), endpoint.Addresses.Select(given => given.Address));
            Assert.Matches(@"\bweb-0 .*8080->80/tcp .*cni shop/web-0\b", await host.Machine.DoAsync("endpoint list"));

            // The plugin is not told what runs in the pod; containerd is asked.
            await UntilAsync(async () => (await host.EndpointAsync(sandbox))!.Spec.Owner!.Image == BusyboxImage.Name);

            // Both containers stand in the pod's one namespace.
            await UntilAsync(async () => (await host.ExecAsync(second, "wget", "-q", "-O", "-", "http://127.0.0.1/")) == "hello\n");
            // A stranger on the LAN comes in by the host's port, another pod by the address and by the name.
            Assert.Equal("hello\n", (await host.Machine.Lan.RunAsync("/usr/bin/busybox", "wget", "-q", "-O", "-", $"http://{Machine.HostAddress4}:8080/")).Expect());
            Assert.Equal("hello\n", await host.ExecAsync(client, "wget", "-q", "-O", "-", $"http://{address}/"));
            var gateway = await host.Machine.GatewayAsync(ContainerdHost.Network, 4);
            Assert.Contains(address, await host.ExecAsync(client, "nslookup", "-type=a", "web-0", gateway), StringComparison.Ordinal);
            Assert.Contains("hello", await host.ExecAsync(server, "cat", "/www/index.html"), StringComparison.Ordinal);
        }
        finally
        {
            await host.RemovePodAsync(sandbox);
            await host.RemovePodAsync(otherSandbox);
        }
        Assert.Null(await host.EndpointAsync(sandbox));
        Assert.False(await host.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8080));
    }

    [Fact]
    public async Task Pod_WhileTheDaemonIsDown_IsRefused_AndRunsWhenItIsBack()
    {
        await host.Machine.StopDaemonAsync();
        try
        {
            var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => host.RunPodAsync(ContainerdHost.Pod("late-0")));
            Assert.Contains(host.Machine.SocketPath, refusal.Status.Detail, StringComparison.Ordinal);
        }
        finally
        {
            await host.Machine.StartDaemonAsync();
        }

        await host.RemovePodAsync(await host.RunPodAsync(ContainerdHost.Pod("late-1")));
    }

    [Fact]
    public async Task Pod_OfATakenHostPort_IsRefused_NamingTheOneThatHasIt()
    {
        var first = await host.RunPodAsync(ContainerdHost.Pod("first-0", new PortMapping { ContainerPort = 80, HostPort = 8090 }));
        try
        {
            var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => host.RunPodAsync(ContainerdHost.Pod("second-0", new PortMapping { ContainerPort = 80, HostPort = 8090 })));
            Assert.Contains("first-0", refusal.Status.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain("second-0", await host.Machine.DoAsync("endpoint list"), StringComparison.Ordinal);
        }
        finally
        {
            await host.RemovePodAsync(first);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (Xunit.Sdk.XunitException) when (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
            {
                // Not serving yet.
            }
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "it does not come");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
