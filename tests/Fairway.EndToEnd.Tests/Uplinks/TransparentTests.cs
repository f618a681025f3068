using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests.Uplinks;

/// <summary>Endpoints with their own MAC on the LAN behind a device of the host.</summary>
[Collection(nameof(LanMachine))]
public sealed class TransparentTests(LanMachine setup)
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Endpoint_AndLan_ReachEachOther_AsThemselves(int version)
    {
        string t1 = await setup.Machine.AddressAsync("t1", version), lan = LanMachine.LanOf(0, version);
        Assert.True(await setup.T1.PingAsync(lan));
        Assert.Equal(t1, (await setup.T1.CallTcpAsync(lan, 80)).SeenAs.ToString());
        Assert.Equal(t1, (await setup.T1.CallUdpAsync(lan, 80)).SeenAs.ToString());
        Assert.Equal(lan, (await setup.Lan.CallTcpAsync(t1, 80)).SeenAs.ToString());
        Assert.Equal(lan, (await setup.Lan.CallUdpAsync(t1, 80)).SeenAs.ToString());
        string mac = (await setup.Machine.Client.GetEndpointAsync("t1", TestContext.Current.CancellationToken)).MacAddress.ToString();
        Assert.Contains($"{t1} dev lan0 lladdr {mac}", (await setup.Lan.RunAsync("ip", "neigh", "show", "to", t1)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Endpoint_AndHost_ReachEachOther_AsThemselves(int version)
    {
        string t1 = await setup.Machine.AddressAsync("t1", version), host = LanMachine.HostOf(0, version);
        Assert.True(await setup.T1.PingAsync(host));
        Assert.Equal(t1, (await setup.T1.CallTcpAsync(host, 80)).SeenAs.ToString());
        Assert.Equal(t1, (await setup.T1.CallUdpAsync(host, 80)).SeenAs.ToString());
        Assert.Equal(host, (await setup.Host.CallTcpAsync(t1, 80)).SeenAs.ToString());
        Assert.Equal(host, (await setup.Host.CallUdpAsync(t1, 80)).SeenAs.ToString());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Neighbours_ReachEachOther(int version)
    {
        string t2 = await setup.Machine.AddressAsync("t2", version);
        Assert.True(await setup.T1.PingAsync(t2));
        Assert.Equal(await setup.Machine.AddressAsync("t1", version), (await setup.T1.CallTcpAsync(t2, 80)).SeenAs.ToString());
        Assert.Equal(await setup.Machine.AddressAsync("t1", version), (await setup.T1.CallUdpAsync(t2, 80)).SeenAs.ToString());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task EndpointOfANatNetwork_ReachesEndpointsOnTheLan_AsTheHost(int version)
        => Assert.Equal(LanMachine.HostOf(0, version), (await setup.N.CallTcpAsync(await setup.Machine.AddressAsync("t1", version), 80)).SeenAs.ToString());

    [Fact]
    public async Task Publication_OfTheHost_IsReachedByEndpointsOnTheLan()
    {
        (await setup.Machine.AddAsync("published", "nat", "--publish 8081:80")).ServeTcp(80);
        Assert.Equal(await setup.Machine.AddressAsync("t1", 4), (await setup.T1.CallTcpAsync(Machine.HostAddress4, 8081)).SeenAs.ToString());
        await setup.Machine.RemoveAsync("published");
    }

    [Theory]
    [InlineData("198.51.100.255")]
    [InlineData("224.0.0.251")]
    public async Task Group_IsHeardByTheLan_TheHostAndNeighbours_AndNobodyElse(string group)
    {
        (string Name, Place Place, string Link)[] members = [("t1", setup.T1, "eth0"), ("t2", setup.T2, "eth0"), ("host", setup.Host, "up0"), ("lan", setup.Lan, "lan0")];
        using Socket stranger = await ListenAsync(setup.N, group, "eth0");
        foreach ((string name, Place sender, string link) in members)
        {
            var ears = new Dictionary<string, Socket>();
            foreach ((string ear, Place place, string at) in members.Where(member => member.Name != name))
                ears.Add(ear, await ListenAsync(place, group, at));
            using Socket mouth = sender.OpenUdp();
            mouth.EnableBroadcast = true;
            mouth.MulticastLoopback = false;
            BindTo(mouth, link);
            await mouth.SendToAsync(Encoding.ASCII.GetBytes(name), new IPEndPoint(IPAddress.Parse(group), 5353));
            foreach ((string ear, Socket socket) in ears)
                Assert.True(await HearsAsync(socket, name), $"{ear} does not hear {name}");
            // Once, and not from another side again.
            foreach ((string ear, Socket socket) in ears)
                Assert.True(socket.Available == 0, $"{ear} hears {name} twice");
            foreach (Socket socket in ears.Values)
                socket.Dispose();
        }
        Assert.Equal(0, stranger.Available);
    }

    [Fact]
    public async Task Spoofing_AddressOrMac_ReachesNobody()
    {
        string stolen = await setup.Machine.AddressAsync("t2", 4);
        await setup.T1.RunAsync("ip", "addr", "add", $"{stolen}/32", "dev", "eth0");
        CommandResult address = await setup.T1.RunAsync("ping", "-n", "-c", "1", "-W", "1", "-I", stolen, LanMachine.LanOf(0, 4));
        await setup.T1.RunAsync("ip", "addr", "del", $"{stolen}/32", "dev", "eth0");
        Assert.NotEqual(0, address.ExitCode);

        string mac = (await setup.Machine.Client.GetEndpointAsync("t1", TestContext.Current.CancellationToken)).MacAddress.ToString();
        (await setup.T1.RunAsync("ip", "link", "set", "eth0", "address", "02:de:ad:be:ef:01")).Expect();
        bool reached = await setup.T1.PingAsync(LanMachine.LanOf(0, 4));
        (await setup.T1.RunAsync("ip", "link", "set", "eth0", "address", mac)).Expect();
        Assert.False(reached);
        Assert.True(await setup.T1.PingAsync(LanMachine.LanOf(0, 4)));
    }

    [Fact]
    public async Task Rules_DecideWhatTheLanReaches()
    {
        Place guarded = (await setup.Machine.AddAsync("guarded", "lan")).ServeTcp(80).ServeTcp(81);
        string address = await setup.Machine.AddressAsync("guarded", 4);
        await setup.Machine.DoAsync("policy add guarded allow in --protocol tcp --port 80");
        await setup.Machine.DoAsync($"policy add guarded allow out --remote {LanMachine.LanOf(0, 4)}");
        Assert.True(await setup.Lan.ReachesTcpAsync(address, 80));
        Assert.False(await setup.Lan.ReachesTcpAsync(address, 81));
        Assert.True(await setup.Host.ReachesTcpAsync(address, 80));
        Assert.False(await setup.Host.ReachesTcpAsync(address, 81));
        Assert.True(await setup.T1.ReachesTcpAsync(address, 80));
        Assert.True(await guarded.ReachesTcpAsync(LanMachine.LanOf(0, 4), 80));
        Assert.False(await guarded.ReachesTcpAsync(LanMachine.HostOf(0, 4), 80));
        await setup.Machine.RemoveAsync("guarded");
    }

    [Fact]
    public async Task Uplink_StaysTheHosts()
    {
        // It receives all multicast as long as endpoints are behind it; addresses, master and everything else are as before.
        Assert.Equal(setup.UplinkBefore, (await setup.UplinkAsync()).Replace("ALLMULTI,", "", StringComparison.Ordinal));
        Assert.Equal(0, (await setup.Machine.FairwayAsync("network", "create", "again", "--type", "l2bridge", "--uplink", "up0", "--vlan", "9", "--subnet", "10.9.0.0/24")).ExitCode);
        await setup.Machine.DoAsync("network delete again");
        CommandResult twice = await setup.Machine.FairwayAsync("network", "create", "again", "--type", "l2bridge", "--uplink", "up0", "--subnet", "10.9.0.0/24");
        Assert.Contains("uplink 'up0' without VLAN is network 'lan' already", twice.Errors, StringComparison.Ordinal);
        CommandResult missing = await setup.Machine.FairwayAsync("network", "create", "again", "--type", "transparent", "--uplink", "up9", "--subnet", "10.9.0.0/24");
        Assert.Contains("this host has no device 'up9'", missing.Errors, StringComparison.Ordinal);
    }

    private static async Task<Socket> ListenAsync(Place place, string group, string link)
    {
        Socket socket = place.OpenUdp();
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        BindTo(socket, link);
        socket.Bind(new IPEndPoint(IPAddress.Any, 5353));
        // 7: eth0@if8: ...
        int index = int.Parse((await place.RunAsync("ip", "-o", "link", "show", "dev", link)).Expect().Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);
        if (group.StartsWith("224", StringComparison.Ordinal))
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(IPAddress.Parse(group), index));
        return socket;
    }

    private static void BindTo(Socket socket, string link)
    {
        const int sol_socket = 1;
        const int so_bindtodevice = 25;
        socket.SetRawSocketOption(sol_socket, so_bindtodevice, Encoding.ASCII.GetBytes(link + '\0'));
    }

    private static async Task<bool> HearsAsync(Socket socket, string word)
    {
        byte[] buffer = new byte[64];
        using var patience = new CancellationTokenSource(Place.Patience);
        try
        {
            SocketReceiveFromResult result = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
            return Encoding.ASCII.GetString(buffer, 0, result.ReceivedBytes) == word;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
