using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>Overlay networks between three hosts, and with a host that is plain Linux, on real packets.</summary>
public sealed class OverlayTests(OverlayTests.Setup setup) : IClassFixture<OverlayTests.Setup>
{
    private const string PlainMac = "02:00:00:00:50:19";

    private Machine[] Hosts => setup.Fabric.Hosts;

    /// <summary>Each host has an endpoint, the others know it as a remote endpoint.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Endpoints_OfThreeHosts_ReachEachOther(int version)
    {
        for (int from = 1; from <= 3; from++)
        {
            for (int to = 1; to <= 3; to++)
            {
                string target = Setup.AddressOf(version, to);
                Assert.True(await setup.Of(from).PingAsync(target), $"{from} to {to}");
                Assert.Equal(Setup.AddressOf(version, from), (await setup.Of(from).CallTcpAsync(target, 80)).SeenAs.ToString());
                Assert.Equal(Setup.AddressOf(version, from), (await setup.Of(from).CallUdpAsync(target, 80)).SeenAs.ToString());
            }
        }
    }

    [Fact]
    public async Task MuchData_Arrives_AndTheMtuLeavesRoomForTheTunnel()
    {
        Assert.Contains("mtu 1450", (await setup.Of(1).RunAsync("ip", "link", "show", "eth0")).Output);
        Assert.Equal(0, (await setup.Of(1).RunAsync("ping", "-n", "-c", "1", "-W", "2", "-M", "do", "-s", "1422", Setup.AddressOf(4, 2))).ExitCode);
        setup.Of(3).ServeEcho(5201);
        using Socket stream = await setup.Of(1).ConnectAsync(Setup.AddressOf(4, 3), 5201);
        byte[] sent = new byte[4 << 20], back = new byte[sent.Length];
        new Random(1).NextBytes(sent);
        Task sending = Task.Run(async () =>
        {
            for (int at = 0; at < sent.Length;)
                at += await stream.SendAsync(sent.AsMemory(at), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        for (int at = 0; at < back.Length;)
        {
            int got = await stream.ReceiveAsync(back.AsMemory(at), TestContext.Current.CancellationToken);
            Assert.NotEqual(0, got);
            at += got;
        }
        await sending;
        Assert.Equal(sent, back);
    }

    /// <summary>Small packets are unwrapped where they arrive, also when nobody looks after the switch; those of the other family are the VXLAN device's.</summary>
    [Fact]
    public async Task SmallPackets_GoAroundTheVxlanDevice()
    {
        long before = await ReceivedByVxlanAsync(2);
        Assert.Equal(0, (await setup.Of(1).RunAsync("ping", "-n", "-q", "-c", "20", "-i", "0.02", Setup.AddressOf(4, 2))).ExitCode);
        long between = await ReceivedByVxlanAsync(2);
        Assert.Equal(0, (await setup.Of(1).RunAsync("ping", "-n", "-q", "-c", "20", "-i", "0.02", Setup.AddressOf(6, 2))).ExitCode);

        Assert.InRange(between - before, 0, 10);
        Assert.InRange(await ReceivedByVxlanAsync(2) - between, 20, long.MaxValue);
    }

    /// <summary>An endpoint that believes in a larger MTU is told better by the switch.</summary>
    [Fact]
    public async Task EncapOverhead_SetsTheMtu_AndTheSwitchSaysWhatFits()
    {
        await Hosts[0].DoAsync("namespace create wide");
        Guid id = (await Hosts[0].Client.GetNamespaceAsync("wide", TestContext.Current.CancellationToken)).Spec.Id;
        await SendAsync(Hosts[0], "/hcn/v2/endpoints", $$$"""
            {"Name":"wide","HostComputeNetwork":"{{{Setup.Pods}}}","HostComputeNamespace":"{{{id}}}","IpConfigurations":[{"IpAddress":"10.50.0.31"},{"IpAddress":"fd50::31"}],
             "Policies":[{"Type":"EncapOverhead","Settings":{"Overhead":0}}]}
            """);
        Place wide = await Hosts[0].CompartmentAsync("wide");
        Assert.Contains("mtu 1500", (await wide.RunAsync("ip", "link", "show", "eth0")).Output);

        CommandResult ping = await wide.RunAsync("ping", "-n", "-c", "1", "-W", "2", "-M", "do", "-s", "1472", Setup.AddressOf(4, 2));

        Assert.Contains("mtu = 1450", ping.Output + ping.Errors);
        await Hosts[0].RemoveAsync("wide");
    }

    /// <summary>Another virtual subnet with the same addresses, on hosts 1 and 2: nothing of it is seen from the first.</summary>
    [Fact]
    public async Task VirtualSubnets_WithTheSameAddresses_StaySideBySide()
    {
        string other = Guid.NewGuid().ToString();
        foreach (int host in (int[])[1, 2])
        {
            await SendAsync(Hosts[host - 1], "/hcn/v2/networks", Setup.Network(other, "other", 4097));
            await Hosts[host - 1].AddAsync($"o{host}", "other", $"--ip 10.50.0.{10 + host} --ip fd50::{10 + host} --mac {Setup.MacOf(host)}");
        }
        Place o1 = (await Hosts[0].CompartmentAsync("o1")).ServeTcp(90), o2 = (await Hosts[1].CompartmentAsync("o2")).ServeTcp(90);
        Assert.False(await HearsAsync(o1, Setup.AddressOf(4, 2)));
        await Hosts[0].DoAsync($"endpoint create far2 --network other --ip 10.50.0.12 --ip fd50::12 --mac {Setup.MacOf(2)} --remote {Fabric.Address(2)}");
        await Hosts[1].DoAsync($"endpoint create far1 --network other --ip 10.50.0.11 --ip fd50::11 --mac {Setup.MacOf(1)} --remote {Fabric.Address(1)}");

        Assert.True(await o1.ReachesTcpAsync(Setup.AddressOf(4, 2), 90));
        Assert.True(await o1.ReachesTcpAsync(Setup.AddressOf(6, 2), 90));
        // Port 90 is served in the other virtual subnet only, and host 3 has no part of that.
        Assert.False(await setup.Of(1).ReachesTcpAsync(Setup.AddressOf(4, 2), 90));
        Assert.False(await HearsAsync(o1, Setup.AddressOf(4, 3)));
    }

    /// <summary>A subnet a host: what is behind another host's router is told by RemoteSubnetRoute, and forgotten again.</summary>
    [Fact]
    public async Task RemoteSubnets_AreRouted_WhileThePolicyIsThere()
    {
        for (int host = 1; host <= 2; host++)
        {
            await SendAsync(Hosts[host - 1], "/hcn/v2/networks", $$$"""
                {"Name":"routed","Type":"Overlay","Policies":[{"Type":"DrMacAddress","Settings":{"Address":"00-15-5D-00-00-0{{{host}}}"}},{"Type":"VxlanPort","Settings":{"Port":8472}},{"Type":"HostRoute","Settings":{}}],
                 "Ipams":[{"Subnets":[{"IpAddressPrefix":"10.61.{{{host}}}.0/24","Policies":[{"Type":"VSID","Settings":{"IsolationId":{{{5000 + host}}}}}]}]}]}
                """);
            await Hosts[host - 1].AddAsync($"r{host}", "routed", $"--ip 10.61.{host}.10");
        }
        Place r1 = (await Hosts[0].CompartmentAsync("r1")).ServeTcp(80), r2 = (await Hosts[1].CompartmentAsync("r2")).ServeTcp(80);
        Assert.False(await HearsAsync(r1, "10.61.2.10"));
        string Change(string request, int far) => $$$"""
            {"RequestType":"{{{request}}}","ResourceType":"Policy","Settings":{"Policies":[{"Type":"RemoteSubnetRoute","Settings":{"DestinationPrefix":"10.61.{{{far}}}.0/24","IsolationId":{{{5000 + far}}},
             "ProviderAddress":"{{{Fabric.Address(far)}}}","DistributedRouterMacAddress":"00-15-5D-00-00-0{{{far}}}"}}]}}
            """;
        await ModifyAsync(Hosts[0], "routed", Change("Add", 2));
        // The other host does not know yet who has 10.61.1.10.
        Assert.False(await HearsAsync(r1, "10.61.2.10"));
        await ModifyAsync(Hosts[1], "routed", Change("Add", 1));

        Assert.True(await r1.PingAsync("10.61.2.10"));
        Assert.Equal("10.61.1.10", (await r1.CallTcpAsync("10.61.2.10", 80)).SeenAs.ToString());
        Assert.True(await r2.PingAsync("10.61.1.10"));
        Assert.True(await Hosts[0].Host.ReachesTcpAsync("10.61.1.10", 80), "host route");
        Hosts[0].Host.ServeTcp(7480);
        Assert.True(await r1.ReachesTcpAsync(Fabric.Address(1), 7480), "host route back");

        await Hosts[0].StopDaemonAsync();
        await Hosts[0].StartDaemonAsync();
        Assert.True(await r1.PingAsync("10.61.2.10"));
        await ModifyAsync(Hosts[0], "routed", Change("Remove", 2));
        Assert.False(await HearsAsync(r1, "10.61.2.10"));
        await Hosts[0].RemoveAsync("r1");
        await Hosts[0].DoAsync("network delete routed");
        Assert.DoesNotContain("fwt8472", (await Hosts[0].Host.RunAsync("ip", "link")).Output);
    }

    /// <summary>The fourth host has the kernel's own VXLAN device and bridge, and asks by ARP and neighbour discovery.</summary>
    [Fact]
    public async Task PlainLinux_ExchangesPackets_AndTheyLookAlikeOnTheWire()
    {
        string plain = setup.Fabric.Plain.Path.Split('/')[^1];
        await Fabric.ShellAsync($"""
            ip -n {plain} link add br0 type bridge mcast_snooping 0
            ip -n {plain} link add vx type vxlan id 4096 dstport 4789 local {Fabric.Address(9)} nolearning
            ip -n {plain} link set br0 address {PlainMac} mtu 1450 up
            ip -n {plain} link set vx master br0 up
            ip -n {plain} addr add 10.50.0.19/24 dev br0
            ip -n {plain} addr add fd50::19/64 dev br0 nodad
            nsenter --net={setup.Fabric.Plain.Path} bridge fdb append 00:00:00:00:00:00 dev vx dst {Fabric.Address(1)}
            """);
        // Nobody told the first host of this one: nothing is taken from it.
        Assert.False(await HearsAsync(setup.Fabric.Plain, Setup.AddressOf(4, 1)));
        await Hosts[0].DoAsync($"endpoint create plain --network pods --ip 10.50.0.19 --ip fd50::19 --mac {PlainMac} --remote {Fabric.Address(9)}");
        // It remembers for a while that it got no answer.
        await Fabric.ShellAsync($"ip -n {plain} neigh flush dev br0");

        using var capture = Programs.Start(Programs.Inside(setup.Fabric.Plain.Path, "tcpdump", "-i", "fab0", "-n", "-v", "-c", "2", "-l", "udp and (ip[8:1] > 0) and ip host 192.0.2.1 and greater 130 and less 160"));
        string listening = await ReadUntilAsync(capture.StandardError, "listening");
        Assert.Contains("listening", listening);
        Assert.True(await setup.Of(1).PingAsync("10.50.0.19"));
        string wire = await capture.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string[] outer = [.. wire.Split('\n').Where(line => line.Contains("proto UDP", StringComparison.Ordinal))];
        string[] vxlan = [.. wire.Split('\n').Where(line => line.Contains("VXLAN", StringComparison.Ordinal))];
        Assert.Equal(2, outer.Length);
        // Request and answer, ours and the kernel's: the same but for identification and addresses.
        Assert.Equal(Shape(outer[0]), Shape(outer[1]));
        Assert.All(vxlan, line => Assert.Contains("flags [I] (0x08), vni 4096", line));
        Assert.DoesNotContain("bad udp cksum", wire);

        foreach (int version in (int[])[4, 6])
        {
            Assert.True(await setup.Fabric.Plain.PingAsync(Setup.AddressOf(version, 1)));
            Assert.Equal(version == 4 ? "10.50.0.19" : "fd50::19", (await setup.Fabric.Plain.CallTcpAsync(Setup.AddressOf(version, 1), 80)).SeenAs.ToString());
        }
        setup.Fabric.Plain.ServeTcp(80);
        Assert.Equal(Setup.AddressOf(4, 1), (await setup.Of(1).CallTcpAsync("10.50.0.19", 80)).SeenAs.ToString());

        // A router out of the overlay, for whom is told to use it.
        Place routed = await Hosts[0].AddAsync("routed1", "pods", "--ip 10.50.0.41 --ip fd50::41 --route 203.0.113.0/24,10.50.0.19,encap");
        // It asks for MACs in its own name, as a router does for what is behind it.
        await Fabric.ShellAsync($"ip -n {plain} addr add 203.0.113.19/32 dev br0 && nsenter --net={setup.Fabric.Plain.Path} sysctl -qw net.ipv4.conf.br0.arp_announce=2");
        Assert.Equal("10.50.0.41", (await routed.CallTcpAsync("203.0.113.19", 80)).SeenAs.ToString());
        Assert.True(await routed.PingAsync("203.0.113.19"));
        Assert.False(await HearsAsync(setup.Of(1), "203.0.113.19"));
        await Hosts[0].RemoveAsync("routed1");

        // It speaks for itself, not for the endpoint of another host.
        await Fabric.ShellAsync($"ip -n {plain} addr add {Setup.AddressOf(4, 3)}/32 dev br0");
        Assert.NotEqual(0, (await setup.Fabric.Plain.RunAsync("ping", "-n", "-c", "1", "-W", "1", "-I", Setup.AddressOf(4, 3), Setup.AddressOf(4, 1))).ExitCode);
    }

    [Fact]
    public async Task AccessRules_AreAskedAboutOtherHosts()
    {
        await Hosts[1].DoAsync("policy add pods2 block in --protocol tcp --port 80");
        Assert.False(await setup.Of(1).ReachesTcpAsync(Setup.AddressOf(4, 2), 80));
        await Hosts[1].DoAsync("policy add pods2 allow in --priority 1 --remote 10.50.0.11");
        Assert.True(await setup.Of(1).ReachesTcpAsync(Setup.AddressOf(4, 2), 80));
        Assert.False(await setup.Of(3).ReachesTcpAsync(Setup.AddressOf(4, 2), 80));
        await SendAsync(Hosts[1], $"/hcn/v2/endpoints/{(await Hosts[1].Client.GetEndpointAsync("pods2", TestContext.Current.CancellationToken)).Spec.Id}/modify", """{"RequestType":"Reset","ResourceType":"Policy"}""");
        Assert.True(await setup.Of(3).ReachesTcpAsync(Setup.AddressOf(4, 2), 80));
    }

    [Fact]
    public async Task UdpPort_OfAnotherProgram_IsNamed()
    {
        using Socket holder = Hosts[2].Host.OpenUdp();
        holder.Bind(new IPEndPoint(IPAddress.Any, 4790));
        CommandResult refused = await Hosts[2].FairwayAsync("network", "create", "held", "--type", "overlay", "--subnet", "10.70.0.0/24", "--vsid", "4100", "--vxlan-port", "4790");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains($"UDP port 4790 is held by '", refused.Errors);
        Assert.Contains($"(pid {Environment.ProcessId})", refused.Errors);
        Assert.DoesNotContain("fwt4790", (await Hosts[2].Host.RunAsync("ip", "link")).Output);
    }

    [Theory]
    [InlineData("network create x --type overlay --subnet 10.71.0.0/24", "has no virtual subnet id")]
    [InlineData("network create x --type overlay --subnet 10.71.0.0/24 --vsid 4095", "virtual subnet id 4095 is out of range; use 4096 to 16777214")]
    [InlineData("network create x --type overlay --subnet 10.71.0.0/24 --vsid 4096", "virtual subnet 4096 on UDP port 4789 is network 'pods' already")]
    [InlineData("network create x --type overlay --subnet 10.71.0.0/24 --vsid 4101 --remote-subnet 10.72.0.0/24,192.0.2.2", "write CIDR,ADDRESS,MAC[,VSID]")]
    [InlineData("network create x --subnet 10.71.0.0/24 --vsid 4101", "subnets of a network of type Nat have no virtual subnet id")]
    [InlineData("endpoint create x --network pods --remote 192.0.2.2", "an endpoint of another host has its addresses from there; give them")]
    [InlineData("endpoint create x --network pods --remote 127.0.0.1 --ip 10.50.0.40 --mac 02:00:00:00:00:40", "provider address 127.0.0.1 belongs to 127.0.0.0/8")]
    [InlineData("endpoint attach pods2 pods1", "it is on host 192.0.2.2; do it there")]
    [InlineData("port publish pods2 8080:80", "it is on host 192.0.2.2; do it there")]
    public async Task Request_ThatIsWrong_IsRefusedInWords(string command, string words)
    {
        CommandResult refused = await Hosts[0].FairwayAsync(command.Split(' '));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(words, refused.Errors);
    }

    /// <summary>Whether somebody answers at once; silence is not waited for longer than needed.</summary>
    private static async Task<bool> HearsAsync(Place from, string address) => (await from.RunAsync("ping", "-n", "-c", "1", "-W", "1", address)).ExitCode == 0;

    private static string Shape(string line) => System.Text.RegularExpressions.Regex.Replace(line, @"^\S+ |id \d+", "");

    private static async Task<string> ReadUntilAsync(StreamReader reader, string word)
    {
        string text = "";
        while (!text.Contains(word, StringComparison.Ordinal) && await reader.ReadLineAsync() is { } line)
            text += line;
        return text;
    }

    private static async Task ModifyAsync(Machine machine, string network, string document)
        => await SendAsync(machine, $"/hcn/v2/networks/{(await machine.Client.GetNetworkAsync(network)).Spec.Id}/modify", document);

    private async Task<long> ReceivedByVxlanAsync(int host)
    {
        using JsonDocument links = JsonDocument.Parse((await Hosts[host - 1].Host.RunAsync("ip", "-s", "-j", "link", "show", "type", "vxlan")).Output);
        return links.RootElement.EnumerateArray().Sum(link => link.GetProperty("stats64").GetProperty("rx").GetProperty("packets").GetInt64());
    }

    internal static async Task SendAsync(Machine machine, string path, string document)
        => (await Programs.RunAsync(["curl", "-sS", "--fail-with-body", "--unix-socket", machine.SocketPath, "-H", "Content-Type: application/json", "--data-binary", "@-", $"http://fairway{path}"], input: document)).Expect();

    public sealed class Setup : IAsyncLifetime
    {
        private readonly Place[] _places = new Place[3];

        public static Guid Pods { get; } = Guid.NewGuid();

        public Fabric Fabric { get; } = new();

        internal Place Of(int host) => _places[host - 1];

        public static string AddressOf(int version, int host) => version == 4 ? $"10.50.0.{10 + host}" : $"fd50::{10 + host}";

        public static string MacOf(int host) => $"02:00:00:00:50:{10 + host}";

        public static string Network(string id, string name, int vsid) => $$$"""
            {"ID":"{{{id}}}","Name":"{{{name}}}","Type":"Overlay","Ipams":[{"Subnets":[
             {"IpAddressPrefix":"10.50.0.0/24","Policies":[{"Type":"VSID","Settings":{"IsolationId":{{{vsid}}}}}]},
             {"IpAddressPrefix":"fd50::/64","Policies":[{"Type":"VSID","Settings":{"IsolationId":{{{vsid}}}}}]}]}]}
            """;

        public async ValueTask InitializeAsync()
        {
            await Fabric.InitializeAsync();
            for (int host = 1; host <= 3; host++)
            {
                Machine machine = Fabric.Hosts[host - 1];
                await SendAsync(machine, "/hcn/v2/networks", Network(Pods.ToString(), "pods", 4096));
                _places[host - 1] = (await machine.AddAsync($"pods{host}", "pods", $"--ip {AddressOf(4, host)} --ip {AddressOf(6, host)} --mac {MacOf(host)}")).ServeTcp(80).ServeUdp(80);
                for (int other = 1; other <= 3; other++)
                {
                    if (other != host)
                        await machine.DoAsync($"endpoint create pods{other} --network pods --ip {AddressOf(4, other)} --ip {AddressOf(6, other)} --mac {MacOf(other)} --remote {Fabric.Address(other)}");
                }
            }
        }

        public ValueTask DisposeAsync() => Fabric.DisposeAsync();
    }
}
