using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Explain;
using Fairway.Model.Requests;
using Fairway.Model.Statistics;

namespace Fairway.EndToEnd.Tests;

/// <summary>An endpoint that is the NIC of a virtual machine, beside one that is in a namespace: the same traffic, the same policies.</summary>
public sealed class VirtualMachineTests(VirtualMachineTests.Setup setup) : IClassFixture<VirtualMachineTests.Setup>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Machine Machine => setup.Machine;

    private Place Guest => setup.Guest.Inside;

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Guest_TalksToNeighboursTheHostAndTheOutside(int version)
    {
        string vm = await Machine.AddressAsync("vm1", version), c1 = await Machine.AddressAsync("c1", version);
        Assert.True(await Guest.PingAsync(c1));
        Assert.True(await Guest.PingAsync(await Machine.GatewayAsync("web", version)));
        Assert.True(await setup.Container.PingAsync(vm));
        Assert.True(await Machine.Host.PingAsync(vm));
        Assert.Equal(vm, (await Guest.CallTcpAsync(c1, 80)).SeenAs.ToString());
        Assert.Equal(c1, (await setup.Container.CallTcpAsync(vm, 80)).SeenAs.ToString());
        Assert.Equal(c1, (await setup.Container.CallUdpAsync(vm, 81)).SeenAs.ToString());
        // Translated on its way out.
        Assert.Equal(version == 4 ? Machine.HostAddress4 : Machine.HostAddress6, (await Guest.CallTcpAsync(version == 4 ? Machine.LanAddress4 : Machine.LanAddress6, 7600)).SeenAs.ToString());
    }

    [Fact]
    public async Task PublishedPort_LeadsIntoTheGuest_FromEverywhere()
    {
        Assert.Equal(Machine.LanAddress4, (await Machine.Lan.CallTcpAsync(Machine.HostAddress4, 8080)).SeenAs.ToString());
        Assert.Equal(Machine.LanAddress6, (await Machine.Lan.CallTcpAsync(Machine.HostAddress6, 8080)).SeenAs.ToString());
        Assert.Equal(await Machine.AddressAsync("c1", 4), (await setup.Container.CallTcpAsync(Machine.HostAddress4, 8080)).SeenAs.ToString());
        Assert.True(await Machine.Host.ReachesTcpAsync("127.0.0.1", 8080));
    }

    [Fact]
    public async Task Names_AreAnswered_ForTheGuest_AndOfTheGuest()
    {
        string asked = (await Guest.RunAsync("busybox", "nslookup", "c1", await Machine.GatewayAsync("web", 4))).Expect();
        Assert.Contains(await Machine.AddressAsync("c1", 4), asked, StringComparison.Ordinal);
        Assert.Contains(await Machine.AddressAsync("vm1", 6), await Machine.DoAsync("exec c1 -- getent ahostsv6 vm1"), StringComparison.Ordinal);
    }

    /// <summary>busybox's client, which checks what it is told, and asks for what it was offered.</summary>
    [Fact]
    public async Task Guest_IsToldItsAddress_ByDhcp_AlsoAfterItsTapWasMadeAnew_AndByTheNextDaemon()
    {
        ulong dropped = (await Machine.Client.GetStatisticsAsync("vm2", Cancellation)).DroppedOutgoing;
        await AskAsync();
        Assert.Equal(dropped, (await Machine.Client.GetStatisticsAsync("vm2", Cancellation)).DroppedOutgoing);
        (await Machine.Host.RunAsync("ip", "link", "del", "tap-vm2")).Expect();
        await UntilAsync(async () => await IndexAsync("tap-vm2") != "" && await IsOpenableAsync());
        await AskAsync();
        await Machine.KillDaemonAsync();
        await Machine.StartDaemonAsync();
        await AskAsync();

        async Task AskAsync()
        {
            string script = Path.GetTempFileName();
            await File.WriteAllTextAsync(script, "#!/bin/sh\n[ \"$1\" != bound ] || echo \"ip=$ip/$mask router=$router dns=$dns mtu=$mtu hostname=$hostname lease=$lease\"\n");
            await Fabric.ShellAsync($"chmod 755 {script}");
            string told = (await setup.Second.Inside.RunAsync("busybox", "udhcpc", "-i", "eth0", "-n", "-q", "-f", "-t", "10", "-s", script)).Expect();
            File.Delete(script);
            string gateway = await Machine.GatewayAsync("web", 4);
            Model.Endpoints.EndpointAddress own = (await Machine.Client.GetEndpointAsync("vm2", Cancellation)).Addresses.First(address => address.Address.AddressFamily == AddressFamily.InterNetwork);
            Assert.Contains($"ip={own.Address}/{own.PrefixLength} router={gateway} dns={gateway} mtu=1500 hostname=vm2 lease=", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Segments_PassWhole_BothWays_AndArriveIntact()
    {
        setup.Container.ServeEcho(7000);
        string c1 = await Machine.AddressAsync("c1", 4);
        byte[] sent = new byte[1 << 22], received = new byte[sent.Length];
        Random.Shared.NextBytes(sent);
        using Socket socket = await Guest.ConnectAsync(c1, 7000);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Task sending = Task.Run(async () => await SendAllAsync(socket, sent, patience.Token), patience.Token);
        for (int have = 0; have < received.Length;)
            have += await socket.ReceiveAsync(received.AsMemory(have), patience.Token);
        await sending;
        Assert.Equal(sent, received);
        Assert.True(setup.Guest.Largest is { Received: > 4000, Sent: > 4000 }, $"the largest frames had {setup.Guest.Largest} bytes");
    }

    [Fact]
    public async Task PortSecurity_HoldsAGuestThatIsRootOfItself()
    {
        PortStatistics before = await Machine.Client.GetStatisticsAsync("vm1", Cancellation);
        (await Guest.RunAsync("ip", "addr", "add", "10.9.9.9/32", "dev", "lo")).Expect();
        Assert.NotEqual(0, (await Guest.RunAsync("ping", "-n", "-c", "1", "-W", "1", "-I", "10.9.9.9", await Machine.AddressAsync("c1", 4))).ExitCode);
        // With another MAC, and as a router.
        setup.Guest.Send([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 9, 9, 9, 9, 9, 8, 6, .. new byte[46]]);
        PortStatistics after = await Machine.Client.GetStatisticsAsync("vm1", Cancellation);
        Assert.True(after.DroppedOutgoing >= before.DroppedOutgoing + 2, $"dropped {before.DroppedOutgoing}, then {after.DroppedOutgoing}");
        Assert.True(await Guest.PingAsync(await Machine.AddressAsync("c1", 4), 3));
        PortStatistics last = await Machine.Client.GetStatisticsAsync("vm1", Cancellation);
        // Received and sent are the guest's, though on the tap they are the other way round.
        Assert.True(last.PacketsSent >= after.PacketsSent + 3 && last.PacketsReceived >= after.PacketsReceived + 3);
    }

    [Fact]
    public async Task Rules_HoldInBothDirections()
    {
        string vm = await Machine.AddressAsync("vm2", 4), c1 = await Machine.AddressAsync("c1", 4);
        await Machine.DoAsync("policy add vm2 allow in --protocol tcp --port 80");
        await Machine.DoAsync("policy add vm2 allow out --protocol icmp");
        try
        {
            Assert.True(await setup.Container.ReachesTcpAsync(vm, 80));
            Assert.False(await setup.Container.ReachesTcpAsync(vm, 82));
            Assert.False(await setup.Second.Inside.ReachesTcpAsync(c1, 80));
            Assert.True(await setup.Second.Inside.PingAsync(c1));
            Explanation explained = await Machine.Client.ExplainAsync(new ExplainRequest { Source = "vm2", Destination = c1, Port = 80 }, Cancellation);
            Assert.Equal(ExplainVerdict.Dropped, explained.Verdict);
        }
        finally
        {
            await Machine.DoAsync("policy remove vm2 1 2");
        }
        Assert.True(await setup.Second.Inside.ReachesTcpAsync(c1, 80));
    }

    [Fact]
    public async Task Commands_KnowWhatItIs()
    {
        string shown = await Machine.DoAsync("endpoint show vm1");
        Assert.Contains("tap-vm1, opened by root", shown, StringComparison.Ordinal);
        Assert.Contains(await Machine.GatewayAsync("web", 4), shown, StringComparison.Ordinal);
        Assert.Contains("tap tap-vm1", await Machine.DoAsync("endpoint list"), StringComparison.Ordinal);
        Assert.Contains("ALLOWED", await Machine.DoAsync($"explain vm1 c1:80"), StringComparison.Ordinal);
        string file = Path.GetTempFileName();
        Task<string> capturing = Machine.DoAsync($"capture vm1 -c 1 -w {file}");
        while (!capturing.IsCompleted)
            await Guest.PingAsync(await Machine.AddressAsync("c1", 4));
        await capturing;
        Assert.True(new FileInfo(file).Length > 60);
        File.Delete(file);
        Assert.DoesNotContain("tap-vm1", (await Machine.FairwayAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpoint create x --network web --vm --namespace c1", 2, "the NIC of a virtual machine is in no namespace; leave one of the two out")]
    [InlineData("endpoint create x --network web --vm-user nobody-at-all", 2, "'nobody-at-all' is not in /etc/passwd; give a number")]
    [InlineData("endpoint create x --network web --vm --ifname tap-vm1", 4, "tap 'tap-vm1' is that of endpoint 'web/vm1'; choose another name, or none")]
    [InlineData("endpoint create x --network web --vm --ifname up0", 5, "link 'up0' of the host belongs to somebody else")]
    [InlineData("endpoint attach vm1 c1", 5, "it is the NIC of a virtual machine")]
    [InlineData("endpoint detach vm1", 5, "shut the machine down, or delete the endpoint")]
    public async Task WrongRequests_AreRefused_InWords(string command, int exitCode, string words)
    {
        CommandResult result = await Machine.FairwayAsync(command.Split(' '));
        Assert.Contains(words, result.Expect(exitCode), StringComparison.Ordinal);
        Assert.DoesNotContain("x", (await Machine.Client.ListEndpointsAsync(Cancellation)).Select(endpoint => endpoint.Spec.Name));
    }

    [Fact]
    public async Task DaemonKilled_GuestGoesOn_AndTheTapIsKnownAgain()
    {
        string c1 = await Machine.AddressAsync("c1", 4), before = await IndexAsync("tap-vm1");
        await Machine.KillDaemonAsync();
        Assert.True(await Guest.PingAsync(c1));
        Assert.Equal(Machine.LanAddress4, (await Machine.Lan.CallTcpAsync(Machine.HostAddress4, 8080)).SeenAs.ToString());
        await Machine.StartDaemonAsync();
        Assert.Equal(before, await IndexAsync("tap-vm1"));
        Assert.True(await Guest.PingAsync(c1));
    }

    [Fact]
    public async Task TapDeletedOrDisturbed_IsPutBack()
    {
        string before = await IndexAsync("tap-vm2"), c1 = await Machine.AddressAsync("c1", 4);
        (await Machine.Host.RunAsync("sh", "-c", "tc qdisc del dev tap-vm2 clsact; tc filter del dev tap-vm2 ingress; ip link set tap-vm2 mtu 1300")).Expect();
        await UntilAsync(async () => await setup.Second.Inside.PingAsync(c1));
        Assert.Equal(before, await IndexAsync("tap-vm2"));
        (await Machine.Host.RunAsync("ip", "link", "del", "tap-vm2")).Expect();
        await UntilAsync(async () => await IndexAsync("tap-vm2") is not "" and var now && now != before && await IsOpenableAsync());
        Assert.True(await setup.Second.Inside.PingAsync(c1, 3));
    }

    [Fact]
    public async Task Deleted_LeavesNothing_AndItsNameIsFree()
    {
        for (int round = 0; round < 3; round++)
        {
            await Machine.DoAsync("endpoint create brief --network web --vm --ifname tap-brief --vm-group 65534");
            Assert.Contains("group nogroup", (await Machine.Host.RunAsync("ip", "-d", "link", "show", "tap-brief")).Expect(), StringComparison.Ordinal);
            await Machine.DoAsync("endpoint delete brief");
            Assert.Equal("", await IndexAsync("tap-brief"));
        }
    }

    /// <summary>Counted is what passed, not how long it took: what is sent at once goes up to the burst, and no further.</summary>
    [Fact]
    public async Task Limits_HoldInBothDirections()
    {
        await Machine.Client.CreateEndpointAsync(new CreateEndpointRequest
        {
            Name = "slow",
            Network = "web",
            VirtualNic = new VirtualNic(),
            Bandwidth = new BandwidthLimits { IncomingRate = 1_000_000, IncomingBurst = 80_000, OutgoingRate = 1_000_000, OutgoingBurst = 80_000 },
        }, Cancellation);
        using VirtualMachine slow = await VirtualMachine.BootAsync(Machine, "slow");
        try
        {
            string vm = await Machine.AddressAsync("slow", 4), c1 = await Machine.AddressAsync("c1", 4);
            Assert.True(await slow.Inside.PingAsync(c1) && await setup.Container.PingAsync(vm));
            const int Sent = 2000;
            // Two megabytes, as fast as they come; at 125 KB a second they would take sixteen seconds.
            await slow.Inside.RunAsync("ping", "-n", "-q", "-c", $"{Sent}", "-l", $"{Sent}", "-i", "0", "-s", "1000", "-W", "1", c1);
            PortStatistics seen = await Machine.Client.GetStatisticsAsync("slow", Cancellation);
            Assert.InRange(seen.DroppedOutgoing, 1ul, (ulong)Sent);
            Assert.Matches("fairway_dropped_packets_total{reason=\"RateLimit\"} [1-9]", await MetricsAsync());
            Assert.Contains("tbf", (await Machine.Host.RunAsync("tc", "qdisc", "show", "dev", (await Machine.Client.GetEndpointAsync("slow", Cancellation)).Spec.InterfaceName)).Output, StringComparison.Ordinal);
            Assert.True(await slow.Inside.PingAsync(c1, 5));
        }
        finally
        {
            await Machine.DoAsync("endpoint delete slow");
        }

        async Task<string> MetricsAsync() => (await Machine.Host.RunAsync("curl", "-sS", "--unix-socket", Machine.SocketPath, "http://localhost/v1/metrics")).Output;
    }

    /// <summary>The machine is started anew; the tap may be open for the daemon for a moment yet.</summary>
    private Task<bool> IsOpenableAsync()
    {
        try
        {
            setup.Second.Restart();
            return Task.FromResult(true);
        }
        catch (Linux.LinuxException)
        {
            return Task.FromResult(false);
        }
    }

    private async Task<string> IndexAsync(string tap)
        => (await Machine.Host.RunAsync("sh", "-c", $"ip -o link show {tap} 2>/dev/null | cut -d: -f1; true")).Output.Trim();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            Assert.False(patience.IsCancellationRequested, "it does not come");
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, cancellation)..];
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place Container { get; private set; } = null!;

        internal VirtualMachine Guest { get; private set; } = null!;

        internal VirtualMachine Second { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            Container = (await Machine.AddAsync("c1", "web")).ServeTcp(80);
            await Machine.DoAsync("endpoint create vm1 --network web --vm --ifname tap-vm1 --publish 8080:80");
            await Machine.DoAsync("endpoint create vm2 --network web --vm --ifname tap-vm2");
            Guest = await VirtualMachine.BootAsync(Machine, "vm1");
            Second = await VirtualMachine.BootAsync(Machine, "vm2");
            Guest.Inside.ServeTcp(80).ServeUdp(81);
            Second.Inside.ServeTcp(80).ServeTcp(82);
            Machine.Lan.ServeTcp(7600);
        }

        public async ValueTask DisposeAsync()
        {
            Guest?.Dispose();
            Second?.Dispose();
            await Machine.DisposeAsync();
        }
    }
}
