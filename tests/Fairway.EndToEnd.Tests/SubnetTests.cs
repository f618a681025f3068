using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Linux.Bpf;

namespace Fairway.EndToEnd.Tests;

/// <summary>Networks whose subnets, translation and links of endpoints change while packets flow.</summary>
public sealed class SubnetTests(SubnetTests.Setup setup) : IClassFixture<SubnetTests.Setup>
{
    private Machine Machine => setup.Machine;

    /// <summary>The second IPv4 gateway of an internal network was nobody's: no MAC answered for it, and what was sent there was dropped.</summary>
    [Theory]
    [InlineData("internal")]
    [InlineData("nat")]
    public async Task EveryGateway_OfANetworkWithSeveralSubnetsOfAFamily_Answers(string type)
    {
        await Machine.DoAsync($"network create twice --type {type} --subnet 10.60.0.0/24 --subnet 10.60.1.0/24 --subnet fd60::/64 --subnet fd60:0:0:1::/64");
        Place place = await Machine.AddAsync("double", "twice");
        foreach (string gateway in (string[])["10.60.0.1", "10.60.1.1", "fd60::1", "fd60:0:0:1::1"])
        {
            Assert.True(await place.PingAsync(gateway), gateway);
            Assert.True(await place.ReachesTcpAsync(gateway, 7210), gateway);
            if (!gateway.Contains(':'))
                Assert.Equal(2, (await AskAsync(place, gateway, "double"))[7]);
        }
        Assert.False(await place.PingAsync("10.60.1.9"));
        await Machine.RemoveAsync("double");
        await Machine.DoAsync("network delete twice");
    }

    [Fact]
    public async Task Subnet_ComesAndGoes_WhileEndpointsRun_AndSurvivesTheDaemon()
    {
        await Machine.DoAsync("network create grow --subnet 10.61.0.0/24");
        Place old = (await Machine.AddAsync("old", "grow")).ServeEcho(7000);
        using Socket connection = await Machine.Host.ConnectAsync(await Machine.AddressAsync("old", 4), 7000);
        string link = await LinkAsync(old);
        Assert.False(await old.PingAsync("10.62.0.254"));

        Guid id = await NetworkAsync("grow");
        await SendAsync($"/hcn/v2/networks/{id}/modify", """
            {"RequestType":"Add","ResourceType":"Subnet","Settings":{"Subnets":[{"IpAddressPrefix":"10.62.0.0/24","Comment":"kept","Routes":[{"NextHop":"10.62.0.254","DestinationPrefix":"0.0.0.0/0"}]}]}}
            """);
        // Those that run are told nothing, and reach the new gateway all the same.
        Assert.True(await old.PingAsync("10.62.0.254"));
        Place young = (await Machine.AddAsync("young", "grow")).ServeTcp(80);
        string[] addresses = [.. (await Machine.Client.GetEndpointAsync("young", TestContext.Current.CancellationToken)).Addresses.Select(address => $"{address.Address}")];
        Assert.Equal("10.62.0.1", addresses[1]);
        foreach (string address in addresses)
        {
            Assert.True(await Machine.Host.ReachesTcpAsync(address, 80), address);
            Assert.True(await old.ReachesTcpAsync(address, 80), address);
        }
        Assert.Equal(Machine.HostAddress4, (await young.CallTcpAsync(Machine.LanAddress4, Setup.Port)).SeenAs.ToString());
        Assert.Equal(1, (await AskAsync(young, "10.62.0.254", "old"))[7]);
        Assert.Contains("10.62.0.0/24, gateway 10.62.0.254", await Machine.DoAsync("network show grow"), StringComparison.Ordinal);
        JsonElement shown = (await DocumentAsync($"/hcn/v2/networks/{id}")).GetProperty("Ipams")[0].GetProperty("Subnets")[1];
        Assert.Equal(("10.62.0.0/24", "kept"), (shown.GetProperty("IpAddressPrefix").GetString(), shown.GetProperty("Comment").GetString()));

        await Machine.KillDaemonAsync();
        Assert.True(await old.PingAsync("10.62.0.254"));
        await Machine.StartDaemonAsync();
        Assert.True(await old.PingAsync("10.62.0.254"));
        Assert.True(await Machine.Host.ReachesTcpAsync(addresses[1], 80));
        Assert.True(await EchoesAsync(connection));

        // One with endpoints in it stays, and one of them is named; then it goes, gateway and route as well.
        CommandResult refused = await Machine.FairwayAsync("network", "remove-subnet", "grow", "10.62.0.0/24");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("endpoint 'grow/young' has an address in it", refused.Errors, StringComparison.Ordinal);
        string request = $$$"""{"RequestType":"Remove","ResourceType":"Subnet","Settings":{"Subnets":[{"ID":"{{{shown.GetProperty("ID").GetString()}}}"}]}}""";
        Assert.Contains($"{0x803b002c}", await RefusedAsync($"/hcn/v2/networks/{id}/modify", request, "$.Settings.Subnets[0]"), StringComparison.Ordinal);
        await Machine.RemoveAsync("young");
        await SendAsync($"/hcn/v2/networks/{id}/modify", request);
        Assert.False(await old.PingAsync("10.62.0.254"));
        Assert.DoesNotContain("10.62.", (await Machine.Host.RunAsync("ip", "-o", "addr")).Expect() + (await Machine.Host.RunAsync("ip", "route")).Expect(), StringComparison.Ordinal);
        Assert.True(await EchoesAsync(connection));
        Assert.Equal(link, await LinkAsync(old));

        // And by the command line, of the other family.
        Assert.Contains("added subnet fd62::/64 to network 'grow', which has 10.61.0.0/24, fd62::/64 now", await Machine.DoAsync("network add-subnet grow fd62::/64"), StringComparison.Ordinal);
        Place six = await Machine.AddAsync("six", "grow");
        Assert.True(await six.PingAsync("fd62::1"));
        Assert.Equal(Machine.HostAddress6, (await six.CallTcpAsync(Machine.LanAddress6, Setup.Port)).SeenAs.ToString());
        await Machine.RemoveAsync("six");
        Assert.Contains("removed subnet fd62::/64 from network 'grow', which has 10.61.0.0/24 now", await Machine.DoAsync("network remove-subnet grow fd62::/64"), StringComparison.Ordinal);
        Assert.Contains("is the last one of network 'grow'", (await Machine.FairwayAsync("network", "remove-subnet", "grow", "10.61.0.0/24")).Errors, StringComparison.Ordinal);
        await Machine.RemoveAsync("old");
        await Machine.DoAsync("network delete grow");
    }

    [Theory]
    [InlineData("""{"Subnets":[{"IpAddressPrefix":"10.63.0.128/25"}]}""", "$.Settings.Subnets[0].IpAddressPrefix", "overlaps subnet 10.63.0.0/24 of the same network", 0x803b0032)]
    [InlineData("""{"Subnets":[{"IpAddressPrefix":"198.51.100.0/25"}]}""", "$.Settings.Subnets[0].IpAddressPrefix", "overlaps the host's route to 198.51.100.0/24", 0x803b0032)]
    [InlineData("""{"Subnets":[{"IpAddressPrefix":"10.64.0.0/24","Routes":[{"NextHop":"10.65.0.1","DestinationPrefix":"0.0.0.0/0"}]}]}""", "$.Settings.Subnets[0].Routes[0].NextHop", "is not in subnet 10.64.0.0/24", 0x803b002f)]
    [InlineData("""{"Subnets":[{"IpAddressPrefix":"10.64.0.0/24","Policies":[{"Type":"VSID","Settings":{"IsolationId":5000}}]}]}""", "$.Settings.Subnets[0].Policies[0].Type", "policies of type VSID are not honoured", 0x803b000e)]
    [InlineData("""{"Subnets":[{"IpAddressPrefix":"10.64.0.0/24","IpSubnets":[{"IpAddressPrefix":"10.65.0.0/28"}]}]}""", "$.Settings.Subnets[0].IpSubnets[0].IpAddressPrefix", "is not inside subnet 10.64.0.0/24", 0x803b0033)]
    public async Task Subnet_ThatIsWrong_IsRefused_AndNothingChanges(string settings, string path, string words, uint code)
    {
        await Machine.DoAsync("network create firm --subnet 10.63.0.0/24");
        string before = await Machine.DoAsync("network show firm");
        string refused = await RefusedAsync($"/hcn/v2/networks/{await NetworkAsync("firm")}/modify", $$$"""{"RequestType":"Add","ResourceType":"Subnet","Settings":{{{settings}}}}""", path);
        Assert.Contains(words, refused, StringComparison.Ordinal);
        Assert.Contains($"{code}", refused, StringComparison.Ordinal);
        Assert.Equal(before, await Machine.DoAsync("network show firm"));
        await Machine.DoAsync("network delete firm");
    }

    [Fact]
    public async Task Parts_OfASubnet_AreWhatEndpointsAskFor()
    {
        await SendAsync("/hcn/v2/networks", """
            {"Name":"parted","Type":"NAT","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.65.0.0/16","IpSubnets":[{"ID":"71CD3B74-1A0A-447E-BF9E-3716C6652176","IpAddressPrefix":"10.65.4.0/24","Flags":2}]}]}]}
            """);
        Guid id = await NetworkAsync("parted");
        JsonElement subnet = (await DocumentAsync($"/hcn/v2/networks/{id}")).GetProperty("Ipams")[0].GetProperty("Subnets")[0];
        string Request(string type, string parts) => $$$"""{"RequestType":"{{{type}}}","ResourceType":"IPSubnet","Settings":{"SubnetId":"{{{subnet.GetProperty("ID").GetString()}}}","IpSubnets":[{{{parts}}}]}}""";
        await SendAsync($"/hcn/v2/networks/{id}/modify", Request("Add", """{"ID":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8","IpAddressPrefix":"10.65.9.0/28"}"""));

        Place first = (await Machine.AddAsync("first", "parted")).ServeTcp(80);
        Place asked = (await AddAsync("asked", "parted", """ "IpConfigurations":[{"IpSubnetId":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8"}] """)).ServeTcp(80);
        Assert.Equal(("10.65.4.1", "10.65.9.0"), (await Machine.AddressAsync("first", 4), await Machine.AddressAsync("asked", 4)));
        Assert.Equal("9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8", (await DocumentAsync($"/hcn/v2/endpoints/{await IdAsync("asked")}")).GetProperty("IpConfigurations")[0].GetProperty("IpSubnetId").GetString());
        Assert.Equal("10.65.9.0", (await asked.CallTcpAsync("10.65.4.1", 80)).SeenAs.ToString());
        Assert.Equal(Machine.HostAddress4, (await asked.CallTcpAsync(Machine.LanAddress4, Setup.Port)).SeenAs.ToString());
        Assert.True(await first.ReachesTcpAsync("10.65.9.0", 80));
        Assert.True(await Machine.Host.ReachesTcpAsync("10.65.9.0", 80));

        Assert.Contains($"{0x803b002c}", await RefusedAsync($"/hcn/v2/networks/{id}/modify", Request("Remove", """{"IpAddressPrefix":"10.65.9.0/28"}"""), "$.Settings.IpSubnets[0]"), StringComparison.Ordinal);
        await Machine.KillDaemonAsync();
        await Machine.StartDaemonAsync();
        Assert.Contains("addresses from 10.65.4.0/24, 10.65.9.0/28", await Machine.DoAsync("network show parted"), StringComparison.Ordinal);
        await Machine.RemoveAsync("asked");
        await SendAsync($"/hcn/v2/networks/{id}/modify", Request("Remove", """{"IpAddressPrefix":"10.65.9.0/28"}"""));
        await Machine.RemoveAsync("first");
        await Machine.DoAsync("network delete parted");
    }

    /// <summary>An endpoint's MTU and its port's name, on create and while a connection lasts.</summary>
    [Fact]
    public async Task MtuAndPortName_AreTheLinks_AndChangeWhereTheyAre()
    {
        Place place = (await AddAsync("small", "web", """ "Policies":[{"Type":"InterfaceParameters","Settings":{"Mtu":1400}},{"Type":"PortName","Settings":{"Name":"port-of-small"}}] """)).ServeEcho(7000);
        Assert.Contains("mtu 1400 ", await InsideAsync(place), StringComparison.Ordinal);
        Assert.Contains("mtu 1400 ", (await Machine.Host.RunAsync("ip", "link", "show", "port-of-small")).Expect(), StringComparison.Ordinal);
        string own = await Machine.AddressAsync("small", 4);
        // What is larger does not arrive whole, and the sender is told.
        Assert.Equal(0, (await Machine.Host.RunAsync("ping", "-n", "-c", "1", "-W", "2", "-M", "do", "-s", "1372", own)).ExitCode);
        Assert.NotEqual(0, (await place.RunAsync("ping", "-n", "-c", "1", "-W", "1", "-M", "do", "-s", "1373", Machine.LanAddress4)).ExitCode);
        using Socket connection = await Machine.Host.ConnectAsync(own, 7000);
        string link = await LinkAsync(place);

        string twice = await RefusedAsync($"/hcn/v2/endpoints/{await IdAsync("small")}/modify", Policy("Add", """{"Type":"InterfaceParameters","Settings":{"Mtu":1300}}"""), "it has a policy InterfaceParameters already");
        Assert.Contains($"{0x803b0036}", twice, StringComparison.Ordinal);
        await SendAsync($"/hcn/v2/endpoints/{await IdAsync("small")}/modify", Policy("Update", """{"Type":"InterfaceParameters","Settings":{"Mtu":1300}},{"Type":"PortName","Settings":{"Name":"another-name"}}"""));
        Assert.Contains("mtu 1300 ", await InsideAsync(place), StringComparison.Ordinal);
        Assert.Contains("mtu 1300 ", (await Machine.Host.RunAsync("ip", "link", "show", "another-name")).Expect(), StringComparison.Ordinal);
        Assert.NotEqual(0, (await Machine.Host.RunAsync("ip", "link", "show", "port-of-small")).ExitCode);
        string shown = await Machine.DoAsync("endpoint show small");
        Assert.Contains("1300, of its own", shown, StringComparison.Ordinal);
        Assert.Contains("another-name", shown, StringComparison.Ordinal);

        await Machine.KillDaemonAsync();
        await Machine.StartDaemonAsync();
        Assert.Contains("mtu 1300 ", (await Machine.Host.RunAsync("ip", "link", "show", "another-name")).Expect(), StringComparison.Ordinal);
        await SendAsync($"/hcn/v2/endpoints/{await IdAsync("small")}/modify", """{"RequestType":"Reset","ResourceType":"Policy"}""");
        Assert.Contains("mtu 1500 ", await InsideAsync(place), StringComparison.Ordinal);
        Assert.NotEqual(0, (await Machine.Host.RunAsync("ip", "link", "show", "another-name")).ExitCode);
        Assert.True(await EchoesAsync(connection));
        Assert.Equal(link, await LinkAsync(place));

        // The host has a link of the name: nothing changes.
        Assert.Contains("the host has a link 'up0' already", await RefusedAsync($"/hcn/v2/endpoints/{await IdAsync("small")}/modify", Policy("Add", """{"Type":"PortName","Settings":{"Name":"up0"}}"""), $"{0x803b0013}"), StringComparison.Ordinal);
        Assert.True(await EchoesAsync(connection));
        await Machine.RemoveAsync("small");
        Place again = await Machine.AddAsync("again", "web", "--mtu 1350 --port-name another-name");
        Assert.Contains("mtu 1350 ", await InsideAsync(again), StringComparison.Ordinal);
        await Machine.RemoveAsync("again");
    }

    [Fact]
    public async Task Translation_OfANetwork_IsThatOfItsEndpoints_UnlessTheyHaveTheirOwn()
    {
        await SendAsync("/hcn/v2/networks", """
            {"Name":"masked","Type":"NAT","Policies":[{"Type":"OutBoundNAT","Settings":{"VirtualIP":"198.51.100.77"}}],"Ipams":[{"Subnets":[{"IpAddressPrefix":"10.66.0.0/24"}]}]}
            """);
        Guid id = await NetworkAsync("masked");
        Place plain = await Machine.AddAsync("plain", "masked");
        Place own = await AddAsync("own", "masked", """ "Policies":[{"Type":"OutBoundNAT","Settings":{"VirtualIP":"198.51.100.1"}}] """);
        string address = await Machine.AddressAsync("plain", 4);
        Assert.Equal("198.51.100.77", await SeenAsync(plain));
        Assert.Equal("198.51.100.1", await SeenAsync(own));
        Assert.Contains("as network 'masked' has it (OutBoundNAT)", await Machine.DoAsync($"explain plain {Machine.LanAddress4}:{Setup.Port}"), StringComparison.Ordinal);
        Assert.Contains("IPv4 as 198.51.100.77", await Machine.DoAsync("network show masked"), StringComparison.Ordinal);

        await SendAsync($"/hcn/v2/networks/{id}/modify", Policy("Update", """{"Type":"OutBoundNAT","Settings":{"Exceptions":["198.51.100.0/24"]}}"""));
        Assert.Equal(address, await SeenAsync(plain));
        Assert.Equal("198.51.100.1", await SeenAsync(own));
        await Machine.KillDaemonAsync();
        Assert.Equal(address, await SeenAsync(plain));
        await Machine.StartDaemonAsync();
        Assert.Equal(address, await SeenAsync(plain));
        Assert.Contains("$.Settings.Policies[0].Settings", await RefusedAsync($"/hcn/v2/networks/{id}/modify", Policy("Add", """{"Type":"OutBoundNAT","Settings":{}}"""), "IPv4 is given twice"), StringComparison.Ordinal);
        await SendAsync($"/hcn/v2/networks/{id}/modify", """{"RequestType":"Reset","ResourceType":"Policy"}""");
        Assert.Equal(Machine.HostAddress4, await SeenAsync(plain));
        await Machine.RemoveAsync("plain");
        await Machine.RemoveAsync("own");
        await Machine.DoAsync("network delete masked");
        await Machine.DoAsync("network create masked --subnet 10.66.0.0/24 --nat-source 198.51.100.77");
        plain = await Machine.AddAsync("plain", "masked");
        Assert.Equal("198.51.100.77", await SeenAsync(plain));
        await Machine.RemoveAsync("plain");
        await Machine.DoAsync("network delete masked");
    }

    [Fact]
    public async Task InterfaceConstraint_NamesTheUplink_ByItsIndex()
    {
        string index = (await Machine.Host.RunAsync("ip", "-o", "link", "show", "up0")).Expect().Split(':')[0];
        string Document(string constraint) => $$"""
            {"Name":"wired","Type":"Transparent","Policies":[{"Type":"InterfaceConstraint","Settings":{{constraint}} }],
             "Ipams":[{"Subnets":[{"IpAddressPrefix":"198.51.100.0/24","Routes":[{"NextHop":"198.51.100.2","DestinationPrefix":"0.0.0.0/0"}]}]}]}
            """;
        Assert.Contains("this host has no device with index 9999", await RefusedAsync("/hcn/v2/networks", Document("""{"InterfaceIndex":9999}"""), "$.Policies[0].Settings.InterfaceIndex"), StringComparison.Ordinal);
        Assert.Contains($"device {index} is 'up0' and not 'up9'", await RefusedAsync("/hcn/v2/networks", Document($$"""{"InterfaceIndex":{{index}},"InterfaceAlias":"up9"}"""), "$.Policies[0].Settings.InterfaceIndex"), StringComparison.Ordinal);
        await SendAsync("/hcn/v2/networks", Document($$"""{"InterfaceIndex":{{index}}}"""));
        Place place = await Machine.AddAsync("wire", "wired", "--ip 198.51.100.200");
        Assert.Equal("198.51.100.200", await SeenAsync(place));
        Assert.Contains("up0", await Machine.DoAsync("network show wired"), StringComparison.Ordinal);
        await Machine.RemoveAsync("wire");
        await Machine.DoAsync("network delete wired");
    }

    [Fact]
    public async Task NameService_OfANetwork_ChangesWhileEndpointsRun()
    {
        await Machine.DoAsync("network create named --internal --subnet 10.69.0.0/24");
        Place place = await Machine.AddAsync("known", "named");
        Assert.NotEqual(1, (await AskAsync(place, "10.69.0.1", "known.corp"))[7]);
        Guid id = await NetworkAsync("named");
        await SendAsync($"/hcn/v2/networks/{id}/modify", """{"RequestType":"Update","ResourceType":"DNS","Settings":{"Domain":"corp","Search":["corp"]}}""");
        await UntilAsync(async () => (await AskAsync(place, "10.69.0.1", "known.corp"))[7] == 1);
        Assert.Equal("corp", (await DocumentAsync($"/hcn/v2/networks/{id}")).GetProperty("Dns").GetProperty("Domain").GetString());
        Assert.Contains("x y", await RefusedAsync($"/hcn/v2/networks/{id}/modify", """{"RequestType":"Update","ResourceType":"DNS","Settings":{"ServerList":["x y"]}}""", "$.Settings.ServerList[0]"), StringComparison.Ordinal);
        await SendAsync($"/hcn/v2/networks/{id}/modify", """{"RequestType":"Reset","ResourceType":"DNS"}""");
        await UntilAsync(async () => (await AskAsync(place, "10.69.0.1", "known.corp"))[7] != 1);
        await Machine.RemoveAsync("known");
        await Machine.DoAsync("network delete named");
    }

    /// <summary>What somebody took out of the switch's tables comes back by a request, and so does a network's.</summary>
    [Fact]
    public async Task Refresh_PutsBackWhatIsMissing()
    {
        Place place = (await Machine.AddAsync("fresh", "web", "--publish 7211:80")).ServeTcp(80);
        Assert.True(await Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 7211));
        using (BpfMap publications = BpfMap.OpenPinned($"/sys/fs/bpf/{Machine.Instance}/v1/publications"))
        {
            foreach (byte[] key in publications.Enumerate().Select(entry => entry.Key).ToList())
                publications.Remove(key);
        }
        Assert.False(await Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 7211));
        await SendAsync($"/hcn/v2/endpoints/{await IdAsync("fresh")}/modify", """{"RequestType":"Refresh","ResourceType":"Policy"}""");
        Assert.True(await Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 7211));
        await SendAsync($"/hcn/v2/networks/{await NetworkAsync("web")}/modify", """{"RequestType":"Refresh","ResourceType":"Policy","Settings":{"Policies":[]}}""");
        Assert.True(await place.ReachesTcpAsync(Machine.LanAddress4, Setup.Port));
        await Machine.RemoveAsync("fresh");
    }

    /// <summary>A mapping on an address that is only routed to the host.</summary>
    [Fact]
    public async Task LocalRoutedVip_PublishesAnAddressThatIsNoInterfaces()
    {
        const string Vip = "203.0.113.7";
        (await Machine.Lan.RunAsync("ip", "route", "add", $"{Vip}/32", "via", Machine.HostAddress4)).Expect();
        const string Mapping = """{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":7212,"VIP":"203.0.113.7","Flags":FLAGS}}""";
        Guid network = await NetworkAsync("web");
        Assert.Contains("203.0.113.7 is not an address of the host", await RefusedAsync("/hcn/v2/endpoints",
            $$"""{"Name":"wrong","HostComputeNetwork":"{{network}}","Policies":[{{Mapping.Replace("FLAGS", "0", StringComparison.Ordinal)}}]}""", "$.Policies[0].Settings.VIP"), StringComparison.Ordinal);
        Place place = (await AddAsync("vip", "web", $""" "Policies":[{Mapping.Replace("FLAGS", "1", StringComparison.Ordinal)}] """)).ServeTcp(80);
        Assert.Equal(Machine.LanAddress4, (await Machine.Lan.CallTcpAsync(Vip, 7212)).SeenAs.ToString());
        Assert.True(await Machine.Host.ReachesTcpAsync(Vip, 7212));
        Place other = await Machine.AddAsync("caller", "web");
        Assert.True(await other.ReachesTcpAsync(Vip, 7212));
        Assert.False(await Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 7212));
        await Machine.KillDaemonAsync();
        await Machine.StartDaemonAsync();
        Assert.True(await Machine.Lan.ReachesTcpAsync(Vip, 7212));
        Assert.Equal(1, (await DocumentAsync($"/hcn/v2/endpoints/{await IdAsync("vip")}")).GetProperty("Policies")[0].GetProperty("Settings").GetProperty("Flags").GetInt32());
        await Machine.RemoveAsync("vip");
        await Machine.RemoveAsync("caller");
        (await Machine.Lan.RunAsync("ip", "route", "del", $"{Vip}/32")).Expect();
    }

    private static string Policy(string type, string policies) => $$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policies}}}]}}""";

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "it does not come");
    }

    private static async Task<byte[]> AskAsync(Place place, string server, string name)
    {
        using Socket socket = place.OpenUdp();
        byte[] query = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
            .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. System.Text.Encoding.ASCII.GetBytes(label)]), 0, 0, 1, 0, 1];
        byte[] answer = new byte[512];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await socket.SendToAsync(query, new IPEndPoint(IPAddress.Parse(server), 53), patience.Token);
        SocketReceiveFromResult result = await socket.ReceiveFromAsync(answer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
        return answer[..result.ReceivedBytes];
    }

    private static async Task<string> SeenAsync(Place place) => (await place.CallTcpAsync(Machine.LanAddress4, Setup.Port)).SeenAs.ToString();

    private static async Task<string> InsideAsync(Place place) => (await place.RunAsync("ip", "link", "show", "eth0")).Expect();

    private static async Task<string> LinkAsync(Place place) => (await place.RunAsync("ip", "-o", "link", "show", "eth0")).Expect().Split(':')[0];

    private static async Task<bool> EchoesAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Place.Patience);
        await socket.SendAsync("ping"u8.ToArray(), patience.Token);
        return await socket.ReceiveAsync(new byte[4], patience.Token) > 0;
    }

    private async Task<string> IdAsync(string endpoint) => (await Machine.Client.GetEndpointAsync(endpoint)).Spec.Id.ToString();

    private async Task<Guid> NetworkAsync(string name) => (await Machine.Client.GetNetworkAsync(name)).Spec.Id;

    private async Task<Place> AddAsync(string name, string network, string members)
    {
        await Machine.DoAsync($"namespace create {name}");
        Guid compartment = (await Machine.Client.GetNamespaceAsync(name)).Spec.Id;
        await SendAsync("/hcn/v2/endpoints", $$"""{"Name":"{{name}}","HostComputeNetwork":"{{await NetworkAsync(network)}}","HostComputeNamespace":"{{compartment}}",{{members}}}""");
        return await Machine.CompartmentAsync(name);
    }

    private async Task<JsonElement> DocumentAsync(string path)
    {
        using var document = JsonDocument.Parse((await Programs.RunAsync(["curl", "-sS", "--unix-socket", Machine.SocketPath, $"http://fairway{path}"])).Expect());
        return document.RootElement.Clone();
    }

    private async Task<string> RefusedAsync(string path, string document, string words)
    {
        CommandResult refused = await PostAsync(path, document);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(words, refused.Output, StringComparison.Ordinal);
        return refused.Output;
    }

    private async Task SendAsync(string path, string document) => (await PostAsync(path, document)).Expect();

    private Task<CommandResult> PostAsync(string path, string document)
        => Programs.RunAsync(["curl", "-sS", "--fail-with-body", "--unix-socket", Machine.SocketPath, "-H", "Content-Type: application/json", "--data-binary", "@-", $"http://fairway{path}"], input: document);

    public sealed class Setup : IAsyncLifetime
    {
        public const int Port = 7200;

        public Machine Machine { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web --subnet 10.67.0.0/24 --subnet fd67::/64");
            (await Machine.Host.RunAsync("ip", "addr", "add", "198.51.100.77/24", "dev", "up0")).Expect();
            (await Machine.Lan.RunAsync("ip", "route", "add", "10.66.0.0/24", "via", Machine.HostAddress4)).Expect();
            Machine.Lan.ServeTcp(Port);
            Machine.Host.ServeTcp(7210);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
