using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Wire;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Hostile;

/// <summary>A container that means harm, on a running host: nothing of what it sends arrives, each try is counted under its reason, and its neighbours notice nothing.</summary>
public sealed class HostileTests(HostileTests.Setup setup) : IClassFixture<HostileTests.Setup>
{
    private Machine Machine => setup.Machine;

    [Fact]
    public async Task EveryAttack_Fails_IsCounted_AndIsNotNoticed()
    {
        using var mallory = new RawPort(setup.Mallory, "eth0");
        using var neighbour = new RawPort(setup.Neighbour, "eth0");
        using var stranger = new RawPort(setup.Stranger, "eth0");
        using var lan = new RawPort(Machine.Lan, "lan0");
        using Socket between = await setup.Third.ConnectAsync(await Machine.AddressAsync("neighbour", 4), 81);
        Attack[] attacks = [.. (await AttacksAsync()).All()];
        await Echo.CheckAsync(between);
        foreach (Attack attack in attacks)
        {
            var before = await DropCounters.ReadAsync(Machine);
            foreach (byte[] frame in attack.Frames)
                mallory.Send(frame);
            var after = await DropCounters.ReadAsync(Machine);
            string difference = DropCounters.Difference(before, after);
            Assert.True(difference == $"{attack.Frames.Length} {attack.Reason}", $"{attack}: {attack.Frames.Length} frames, the switch counted: {difference}; expected {attack.Reason}");
        }
        Assert.DoesNotContain(neighbour.Arrived().Concat(stranger.Arrived()).Concat(lan.Arrived()), frame => frame.AsSpan().IndexOf(Attacks.Payload) >= 0 || frame.AsSpan(6, 6).SequenceEqual(setup.MalloryMac));
        await Echo.CheckAsync(between);
        Run.Tell($"{attacks.Length} kinds of attack, {attacks.Sum(attack => attack.Frames.Length)} frames: all dropped, all counted under their reason");
    }

    [Fact]
    public async Task Attack_IsReported_WithReasonAndSender()
    {
        using var mallory = new RawPort(setup.Mallory, "eth0");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Attack spoof = (await AttacksAsync()).All().First(attack => attack.Reason == DropReason.SourceAddress);
        await using var events = Machine.Client.WatchFlowsAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        Task<FlowEvent> reported = FirstAsync(events, reported => reported.Reason == DropReason.SourceAddress);
        // Until somebody listens nothing is reported: tried again until it is.
        while (!reported.IsCompleted)
        {
            mallory.Send(spoof.Frames[0]);
            await Task.WhenAny(reported, Task.Delay(50, patience.Token));
        }
        Assert.Equal(("mallory", "one"), ((await reported).From, (await reported).Network));
    }

    [Fact]
    public async Task OverlappingFragments_AreNoDatagram()
    {
        using var mallory = new RawPort(setup.Mallory, "eth0");
        using Socket server = setup.Neighbour.OpenUdp();
        server.Bind(new IPEndPoint(IPAddress.Any, 5000));
        Party self = await Party.OfAsync(Machine, "mallory"), other = await Party.OfAsync(Machine, "neighbour");
        byte[] payload = [.. Enumerable.Range(0, 1200).Select(i => (byte)i)];
        Packet innocent = new(self.V4, other.V4, Segment.Udp(4000, 5000, payload)) { DontFragment = false, Identification = 0x1111 };
        Packet evil = innocent with { Segment = Segment.Udp(4000, 5000, new byte[1200]) };
        mallory.Send(Frame.Of(other.Mac, self.Mac, innocent.Fragment(0, 800)));
        mallory.Send(Frame.Of(other.Mac, self.Mac, evil.Fragment(400, 480)));
        mallory.Send(Frame.Of(other.Mac, self.Mac, innocent.Fragment(800)));
        // An honest one, in pieces too, arrives; nothing came before it.
        Packet honest = innocent with { Identification = 0x2222, Segment = Segment.Udp(4000, 5000, [1, .. payload]) };
        mallory.Send(Frame.Of(other.Mac, self.Mac, honest.Fragment(0, 800)));
        mallory.Send(Frame.Of(other.Mac, self.Mac, honest.Fragment(800)));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        byte[] datagram = new byte[2048];
        Assert.Equal(1201, await server.ReceiveAsync(datagram, patience.Token));
    }

    /// <summary>Whoever has every right in a namespace sets the MTU there; the other end of the link, which is the host's, keeps its own.</summary>
    [Fact]
    public async Task Oversize_DoesNotLeaveTheLink()
    {
        (await setup.Big.RunAsync("ip", "link", "set", "eth0", "mtu", "9000")).Expect();
        using var big = new RawPort(setup.Big, "eth0");
        using var neighbour = new RawPort(setup.Neighbour, "eth0");
        Party self = await Party.OfAsync(Machine, "big"), other = await Party.OfAsync(Machine, "neighbour");
        neighbour.Arrived();
        foreach (bool version6 in (bool[])[false, true])
            Assert.Throws<IOException>(() => big.Send(self.To(other, version6, Segment.Udp(4000, 5000, [.. Attacks.Payload, .. new byte[5000]]))));
        Assert.DoesNotContain(neighbour.Arrived(), frame => frame.AsSpan().IndexOf(Attacks.Payload) >= 0);
    }

    [Fact]
    public async Task Internal_ReachesNothingOfTheHost()
    {
        Machine.Host.ServeUdp(4789);
        using var inside = new RawPort(setup.Internal, "eth0");
        using var lan = new RawPort(Machine.Lan, "lan0");
        lan.Arrived();
        Party self = await Party.OfAsync(Machine, "internal");
        MacAddress gateway = (await Party.OfAsync(Machine, "neighbour")).Mac;
        byte[] vxlan = [8, 0, 0, 0, 0, 0, 1, 0, .. Frame.Of(gateway, self.Mac, new Packet(self.V4, IPAddress.Parse(Machine.LanAddress4), Segment.Udp(1, 2, Attacks.Payload)))];
        byte[][] frames = [.. ((string[])[Machine.HostAddress4, Machine.HostAddress6, Machine.LanAddress4, Machine.LanAddress6, await Machine.GatewayAsync("one", 4), await Machine.AddressAsync("neighbour", 6)])
            .Select(IPAddress.Parse).SelectMany(target => (byte[][])[self.To(gateway, target, Segment.Udp(4000, 4789, vxlan)), self.To(gateway, target, Segment.Tcp(4000, 22, TcpFlags.Syn))])];
        var before = await DropCounters.ReadAsync(Machine);
        foreach (byte[] frame in frames)
            inside.Send(frame);
        Assert.Equal($"{frames.Length} {DropReason.Isolated}", DropCounters.Difference(before, await DropCounters.ReadAsync(Machine)));
        Assert.DoesNotContain(lan.Arrived(), frame => frame.AsSpan().IndexOf(Attacks.Payload) >= 0);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Outside_ReachesNeitherLoopbackPublications_NorUnpublishedPorts_ByRouting(int version)
    {
        string neighbour = await Machine.AddressAsync("neighbour", version), host = version == 4 ? Machine.HostAddress4 : Machine.HostAddress6;
        Assert.True(await Machine.Host.ReachesTcpAsync("127.0.0.1", 8081), "the publication on 127.0.0.1 does not work at all");
        Assert.False(await Machine.Lan.ReachesTcpAsync(host, 8081));
        Assert.True(await Machine.Lan.ReachesTcpAsync(host, 8080), "the publication does not work at all");

        string subnet = (await Machine.Client.GetNetworkAsync("one", TestContext.Current.CancellationToken)).Spec.Subnets.First(subnet => subnet.Prefix.BaseAddress.AddressFamily == (version == 4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6)).Prefix.ToString();
        (await Machine.Lan.RunAsync("ip", "route", "replace", subnet, "via", host)).Expect();
        foreach (int port in (int[])[80, 81])
        {
            var before = await DropCounters.ReadAsync(Machine);
            Assert.False(await Machine.Lan.ReachesTcpAsync(neighbour, port));
            Assert.Contains(DropReason.Unpublished.ToString(), DropCounters.Difference(before, await DropCounters.ReadAsync(Machine)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Loopback_OnTheWire_ReachesNoPublication()
    {
        using var lan = new RawPort(Machine.Lan, "lan0");
        using var neighbour = new RawPort(setup.Neighbour, "eth0");
        neighbour.Arrived();
        MacAddress host = ParseMac((await Machine.Host.RunAsync("sh", "-c", "ip -o link show up0 | sed -E 's/.*link.ether ([0-9a-f:]+).*/\\1/'")).Expect().Trim());
        foreach (string source in (string[])["127.0.0.1", Machine.LanAddress4])
            lan.Send(Frame.Of(host, new MacAddress(0x02DEADBEEF02), new Packet(source, "127.0.0.1", Segment.Tcp(4000, 8081, TcpFlags.Syn))));
        lan.Send(Frame.Of(host, new MacAddress(0x02DEADBEEF02), new Packet(Machine.LanAddress6, "::1", Segment.Tcp(4000, 8081, TcpFlags.Syn))));
        Assert.True(await Machine.Host.ReachesTcpAsync("127.0.0.1", 8081));
        Assert.DoesNotContain(neighbour.Arrived(), frame => frame.Length > 40 && frame[12] == 8 && frame[34] == 4000 >> 8 && frame[35] == (4000 & 255));
    }

    private static async Task<FlowEvent> FirstAsync(IAsyncEnumerator<FlowEvent> events, Func<FlowEvent, bool> wanted)
    {
        while (await events.MoveNextAsync())
        {
            if (wanted(events.Current))
                return events.Current;
        }
        throw new InvalidOperationException("the stream of events ended");
    }

    private async Task<Attacks> AttacksAsync() => new(await Party.OfAsync(Machine, "mallory"), await Party.OfAsync(Machine, "neighbour"), await Party.OfAsync(Machine, "stranger"),
        await GatewayMacAsync(), IPAddress.Parse(await Machine.GatewayAsync("one", 4)), IPAddress.Parse(await Machine.GatewayAsync("one", 6)));

    /// <summary>The endpoint has a permanent neighbour entry for its gateway.</summary>
    private async Task<MacAddress> GatewayMacAsync()
    {
        string gateway = await Machine.GatewayAsync("one", 4);
        string entry = (await setup.Mallory.RunAsync("ip", "neigh", "show", gateway)).Expect();
        return ParseMac(entry.Split("lladdr ")[1].Split(' ')[0]);
    }

    private static MacAddress ParseMac(string text) => MacAddress.FromBytes(Convert.FromHexString(text.Replace(":", "", StringComparison.Ordinal)));

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place Mallory { get; private set; } = null!;

        internal byte[] MalloryMac { get; } = new byte[6];

        internal Place Neighbour { get; private set; } = null!;

        internal Place Big { get; private set; } = null!;

        internal Place Third { get; private set; } = null!;

        internal Place Stranger { get; private set; } = null!;

        internal Place Internal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create one");
            await Machine.DoAsync("network create two");
            await Machine.DoAsync("network create inner --internal");
            Mallory = await Machine.AddAsync("mallory", "one");
            (await Machine.Client.GetEndpointAsync("mallory")).MacAddress.CopyTo(MalloryMac);
            Neighbour = await Machine.AddAsync("neighbour", "one", "--publish 8080:80 --publish 127.0.0.1:8081:80");
            Neighbour.ServeTcp(80).ServeEcho(81);
            Third = await Machine.AddAsync("third", "one");
            Big = await Machine.AddAsync("big", "one");
            (Stranger = await Machine.AddAsync("stranger", "two")).ServeTcp(80);
            Internal = await Machine.AddAsync("internal", "inner");
            // As on every host that runs Docker: without forwarding the host itself would stop what is routed through it.
            (await Machine.Host.RunAsync("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")).Expect();
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
