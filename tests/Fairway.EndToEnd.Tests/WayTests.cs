using System.Net;
using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Requests;
using Fairway.Model.Routes;

namespace Fairway.EndToEnd.Tests;

/// <summary>
/// Endpoints with translation and routes of their own (OutBoundNAT, SDNRoute) and limits (QOS). Beside the LAN there is a router, whom the host has no route by:
/// <code>
///   host up0 - lan0 198.51.100.2    host up1 192.0.2.1 - rt0 192.0.2.2 router, 203.0.113.9 and 2001:db8:99::9 behind it
/// </code>
/// </summary>
public sealed class WayTests(WayTests.Setup setup) : IClassFixture<WayTests.Setup>
{
    private const string Beyond4 = "203.0.113.9";
    private const string Beyond6 = "2001:db8:99::9";

    private Machine Machine => setup.Machine;

    [Fact]
    public async Task Exceptions_AreReachedWithTheEndpointsOwnAddress()
    {
        Place place = await AddAsync("except", """{"Type":"OutBoundNAT","Settings":{"Exceptions":["198.51.100.0/24"]}}""");
        string own = await Machine.AddressAsync("except", 4);
        Assert.Equal(own, (await place.CallTcpAsync(Machine.LanAddress4, Setup.Port)).SeenAs.ToString());
        Assert.Equal(own, (await place.CallUdpAsync(Machine.LanAddress4, Setup.Port)).SeenAs.ToString());
        Assert.True(await place.PingAsync(Machine.LanAddress4));
        // Everything else as before, the other family included.
        Assert.Equal("192.0.2.1", (await place.CallTcpAsync("192.0.2.2", Setup.Port)).SeenAs.ToString());
        Assert.Equal(Machine.HostAddress6, (await place.CallTcpAsync(Machine.LanAddress6, Setup.Port)).SeenAs.ToString());
        // An exception lets nobody in.
        place.ServeTcp(81);
        Assert.False(await Machine.Lan.ReachesTcpAsync(own, 81));
        await Machine.RemoveAsync("except");
    }

    [Fact]
    public async Task Destinations_AreTranslated_AndNothingElseIs()
    {
        Place place = await AddAsync("only", """{"Type":"OutBoundNAT","Settings":{"Destinations":["192.0.2.0/24"]}}""");
        Assert.Equal("192.0.2.1", (await place.CallTcpAsync("192.0.2.2", Setup.Port)).SeenAs.ToString());
        Assert.Equal(await Machine.AddressAsync("only", 4), (await place.CallTcpAsync(Machine.LanAddress4, Setup.Port)).SeenAs.ToString());
        await Machine.RemoveAsync("only");
    }

    /// <summary>One address of the host, one that is only routed to it.</summary>
    [Theory]
    [InlineData("198.51.100.77", Machine.LanAddress4, 0)]
    [InlineData("10.222.0.1", Machine.LanAddress4, 0)]
    [InlineData("2001:db8:51::77", Machine.LanAddress6, 2)]
    public async Task VirtualAddress_IsWhatTheOutsideSees(string address, string lan, int flags)
    {
        Place place = await AddAsync("vip", $$$"""{"Type":"OutBoundNAT","Settings":{"VirtualIP":"{{{address}}}","Flags":{{{flags}}}}}""");
        Assert.Equal(address, (await place.CallTcpAsync(lan, Setup.Port)).SeenAs.ToString());
        Assert.Equal(address, (await place.CallUdpAsync(lan, Setup.Port)).SeenAs.ToString());
        Assert.True(await place.PingAsync(lan));
        await Machine.RemoveAsync("vip");
    }

    [Fact]
    public async Task Policies_ChangeWhileItRuns_AndSurviveTheDaemon()
    {
        Place place = await Machine.AddAsync("live", "web");
        string own = await Machine.AddressAsync("live", 4);
        string before = await LinkAsync(place);
        const string Except = """{"Type":"OutBoundNAT","Settings":{"Exceptions":["198.51.100.0/24"]}}""";
        const string Route = """{"Type":"SDNRoute","Settings":{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.2","NeedEncap":false}}""";
        const string Limit = """{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":12500000}}""";
        Assert.Equal(Machine.HostAddress4, await SeenAsync(place));
        Assert.False(await place.ReachesTcpAsync(Beyond4, Setup.Port));

        await ModifyAsync("live", "Add", Except, Route, Limit);
        Assert.Equal(own, await SeenAsync(place));
        Assert.Equal("192.0.2.1", (await place.CallTcpAsync(Beyond4, Setup.Port)).SeenAs.ToString());
        Assert.Contains("tbf", await BucketAsync(place), StringComparison.Ordinal);
        Assert.Contains("rate 100Mbit", await BucketAsync(place), StringComparison.Ordinal);
        string shown = await Machine.DoAsync("endpoint show live");
        Assert.Contains("IPv4, not for 198.51.100.0/24", shown, StringComparison.Ordinal);
        Assert.Contains("203.0.113.0/24 by 192.0.2.2", shown, StringComparison.Ordinal);
        Assert.Contains("out 100 Mbit/s", shown, StringComparison.Ordinal);
        Assert.Equal(["OutBoundNAT", "SDNRoute", "QOS"], await PoliciesAsync("live"));

        await Machine.KillDaemonAsync();
        Assert.Equal(own, await SeenAsync(place));
        await Machine.StartDaemonAsync();
        Assert.Equal(own, await SeenAsync(place));
        Assert.Equal("192.0.2.1", (await place.CallTcpAsync(Beyond4, Setup.Port)).SeenAs.ToString());

        await ModifyAsync("live", "Remove", Route);
        Assert.False(await place.ReachesTcpAsync(Beyond4, Setup.Port));
        Assert.Equal(own, await SeenAsync(place));
        await ModifyAsync("live", "Update", """{"Type":"OutBoundNAT","Settings":{"Destinations":["192.0.2.0/24"]}}""", """{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":1250000}}""");
        Assert.Contains("rate 10Mbit", await BucketAsync(place), StringComparison.Ordinal);
        Assert.Equal(own, await SeenAsync(place));
        await SendAsync($"/hcn/v2/endpoints/{await IdAsync("live")}/modify", """{"RequestType":"Reset","ResourceType":"Policy"}""");
        Assert.Equal(Machine.HostAddress4, await SeenAsync(place));
        Assert.DoesNotContain("tbf", await BucketAsync(place), StringComparison.Ordinal);
        Assert.Empty(await PoliciesAsync("live"));
        // It is the same interface all the time.
        Assert.Equal(before, await LinkAsync(place));
        await Machine.RemoveAsync("live");
    }

    [Fact]
    public async Task CommandLine_SaysHowPacketsLeave()
    {
        Place place = await Machine.AddAsync("cli", "web", $"--nat-source 198.51.100.77 --nat-except 192.0.2.0/24 --route 203.0.113.0/24,192.0.2.2 --route 2001:db8:99::/48,2001:db8:52::2");
        Assert.Equal("198.51.100.77", await SeenAsync(place));
        Assert.Equal("198.51.100.77", (await place.CallTcpAsync(Beyond4, Setup.Port)).SeenAs.ToString());
        Assert.Equal("2001:db8:52::1", (await place.CallTcpAsync(Beyond6, Setup.Port)).SeenAs.ToString());
        Assert.Equal(await Machine.AddressAsync("cli", 4), (await place.CallTcpAsync("192.0.2.2", Setup.Port)).SeenAs.ToString());
        await Machine.RemoveAsync("cli");
    }

    /// <summary>One route that two endpoints follow, made by a document, seen on the command line, and there without a daemon.</summary>
    [Fact]
    public async Task Route_LeadsItsEndpoints_WhateverTheHostsRoutesAre()
    {
        Place one = await Machine.AddAsync("led1", "web"), two = await Machine.AddAsync("led2", "web"), other = await Machine.AddAsync("free", "web");
        await SendAsync("/hcn/v2/routes", $$"""
            {"HostComputeEndpoints":["{{await IdAsync("led1")}}","{{await IdAsync("led2")}}"],"SchemaVersion":{"Major":2,"Minor":0},
             "Setting":[{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.2","NeedEncap":false},{"DestinationPrefix":"2001:db8:99::/48","NextHop":"2001:db8:52::2"}]}
            """);
        static async Task AssertLeadsAsync(bool leads, params Place[] places)
        {
            foreach (Place place in places)
            {
                Assert.Equal(leads, await place.ReachesTcpAsync(Beyond4, Setup.Port));
                Assert.Equal(leads, await place.ReachesTcpAsync(Beyond6, Setup.Port));
            }
        }
        await AssertLeadsAsync(true, one, two);
        await AssertLeadsAsync(false, other);
        Assert.Equal("192.0.2.1", (await one.CallTcpAsync(Beyond4, Setup.Port)).SeenAs.ToString());
        string name = Assert.Single(await Machine.Client.ListRoutesAsync(TestContext.Current.CancellationToken)).Spec.Name!;
        Assert.Contains("203.0.113.0/24 by 192.0.2.2", await Machine.DoAsync("route list"), StringComparison.Ordinal);
        Assert.Contains($"203.0.113.0/24 by 192.0.2.2 (route '{name}')", await Machine.DoAsync("endpoint show led1"), StringComparison.Ordinal);
        Assert.Contains($"as route '{name}' (HostComputeRoute) has it", await Machine.DoAsync($"explain led1 {Beyond4}:80"), StringComparison.Ordinal);
        Assert.Equal(12, (await Machine.FairwayAsync("explain", "free", $"{Beyond4}:80")).ExitCode);

        using System.Net.Sockets.Socket connection = await one.ConnectAsync(Beyond4, Setup.Echo);
        await Machine.KillDaemonAsync();
        await AssertLeadsAsync(true, one, two);
        await Machine.StartDaemonAsync();
        await AssertLeadsAsync(true, one, two);
        Assert.True(await EchoesAsync(connection));

        // An endpoint that goes leaves it, one that is no longer named as well; the rest goes on.
        await Machine.RemoveAsync("led2");
        await AssertLeadsAsync(true, one);
        Assert.Contains("web/led1", await Machine.DoAsync($"route show {name}"), StringComparison.Ordinal);
        Assert.DoesNotContain("led2", await Machine.DoAsync($"route show {name}"), StringComparison.Ordinal);
        await Machine.DoAsync($"route delete {name}");
        await AssertLeadsAsync(false, one);
        await Machine.DoAsync("route create beyond --to 203.0.113.0/24,192.0.2.2 --to 2001:db8:99::/48,2001:db8:52::2 --endpoint led1");
        await AssertLeadsAsync(true, one);
        await Machine.RemoveAsync("led1");
        await Machine.RemoveAsync("free");
        await Machine.DoAsync("route delete beyond");
    }

    /// <summary>A network whose endpoints all go by another router, whatever the host's routes are.</summary>
    [Fact]
    public async Task RoutesOfANetwork_LeadAllItsEndpoints_AndSurviveTheDaemon()
    {
        await SendAsync("/hcn/v2/networks", """
            {"Name":"routed","Type":"NAT","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.91.0.0/24","Routes":[
             {"NextHop":"10.91.0.1","DestinationPrefix":"0.0.0.0/0"},{"NextHop":"192.0.2.2","DestinationPrefix":"203.0.113.0/24"}]}]}]}
            """);
        Place place = await Machine.AddAsync("guest", "routed");
        Assert.Equal("192.0.2.1", (await place.CallTcpAsync(Beyond4, Setup.Port)).SeenAs.ToString());
        Assert.Equal(Machine.HostAddress4, await SeenAsync(place));
        Assert.Contains("203.0.113.0/24 by 192.0.2.2", await Machine.DoAsync("network show routed"), StringComparison.Ordinal);
        Assert.Contains("as a route of network 'routed' has it", await Machine.DoAsync($"explain guest {Beyond4}:80"), StringComparison.Ordinal);
        await Machine.KillDaemonAsync();
        Assert.True(await place.ReachesTcpAsync(Beyond4, Setup.Port));
        await Machine.StartDaemonAsync();
        Assert.True(await place.ReachesTcpAsync(Beyond4, Setup.Port));
        await Machine.RemoveAsync("guest");
        await Machine.DoAsync("network delete routed");
        await Machine.DoAsync("network create routed --subnet 10.91.0.0/24 --route 203.0.113.0/24,192.0.2.2");
        place = await Machine.AddAsync("guest", "routed");
        Assert.True(await place.ReachesTcpAsync(Beyond4, Setup.Port));
        await Machine.RemoveAsync("guest");
        await Machine.DoAsync("network delete routed");
    }

    /// <summary>The daemon dies in the middle of making, changing and deleting routes; what it answered is in force, and no way is left over.</summary>
    [Fact]
    public async Task Daemon_KilledWhileRoutesChange_ComesBackToWhatIsStored()
    {
        Place place = await Machine.AddAsync("torn", "web");
        for (int round = 0; round < 3; round++)
        {
            List<Task<Route>> making = [.. Enumerable.Range(0, 6).Select(number => MakeAsync($"torn{round}-{number}", $"203.0.{110 + number}.0/24"))];
            await Task.WhenAny(making);
            await Machine.KillDaemonAsync();
            await Task.WhenAll(making).ContinueWith(static _ => { }, TaskScheduler.Default);
            await Machine.StartDaemonAsync();
            IReadOnlyList<Route> stored = await Machine.Client.ListRoutesAsync(TestContext.Current.CancellationToken);
            Assert.All(making.Where(made => made.IsCompletedSuccessfully), made => Assert.Contains(stored, route => route.Spec.Id == made.Result.Spec.Id));
            Assert.Equal(stored.Any(route => route.Spec.Name == $"torn{round}-3"), await place.ReachesTcpAsync(Beyond4, Setup.Port));
            foreach (Route route in stored)
                await Machine.Client.DeleteRouteAsync(route.Spec.Name!, TestContext.Current.CancellationToken);
            Assert.False(await place.ReachesTcpAsync(Beyond4, Setup.Port));
        }
        await Machine.DoAsync("route create mended --to 203.0.113.0/24,192.0.2.2 --endpoint torn");
        Assert.True(await place.ReachesTcpAsync(Beyond4, Setup.Port));
        await Machine.DoAsync("route delete mended");
        await Machine.RemoveAsync("torn");

        Task<Route> MakeAsync(string name, string prefix) => Machine.Client.CreateRouteAsync(
            new CreateRouteRequest { Name = name, Endpoints = ["torn"], Routes = [new SwitchRoute(IPNetwork.Parse(prefix), IPAddress.Parse("192.0.2.2"))] }, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("""[{"DestinationPrefix":"203.0.113.0/24"}]""", "$.Setting[0].NextHop", "has no next hop", 0x803b001e)]
    [InlineData("""[{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.2","NeedEncap":true}]""", "$.Setting[0].NeedEncap", "encapsulates nothing", 0x803b000d)]
    [InlineData("""[{"DestinationPrefix":"203.0.113.0/24","NextHop":"10.90.0.9"}]""", "$.Setting[0].NextHop", "whose endpoints route nothing", 0x803b002f)]
    public async Task Route_ThatIsWrong_IsRefused_AndNothingIsThere(string setting, string path, string words, uint code)
    {
        await Machine.DoAsync("endpoint create aim --network web");
        CommandResult refused = await PostAsync("/hcn/v2/routes", $$"""{"HostComputeEndpoints":["{{await IdAsync("aim")}}"],"Setting":{{setting}}}""");
        Assert.NotEqual(0, refused.ExitCode);
        foreach (string part in (string[])[path, words, $"{code}"])
            Assert.Contains(part, refused.Output, StringComparison.Ordinal);
        Assert.Empty(await Machine.Client.ListRoutesAsync(TestContext.Current.CancellationToken));
        await Machine.DoAsync("endpoint delete aim");
    }

    /// <summary>Nothing of an overlay leaves it, but of an endpoint with OutBoundNAT.</summary>
    [Fact]
    public async Task OverlayEndpoint_LeavesByTranslation()
    {
        await SendAsync("/hcn/v2/networks", """
            {"Name":"pods","Type":"Overlay","Ipams":[{"Subnets":[
             {"IpAddressPrefix":"10.50.0.0/24","Policies":[{"Type":"VSID","Settings":{"IsolationId":4096}}]},
             {"IpAddressPrefix":"fd50::/64","Policies":[{"Type":"VSID","Settings":{"IsolationId":4096}}]}]}]}
            """);
        Place inside = await Machine.AddAsync("inside", "pods");
        Place place = await AddAsync("outward", """{"Type":"OutBoundNAT","Settings":{"Exceptions":["192.0.2.0/24"]}},{"Type":"OutBoundNAT","Settings":{"Flags":2}}""", "pods");
        Assert.False(await inside.ReachesTcpAsync(Machine.LanAddress4, Setup.Port));
        Assert.Equal(Machine.HostAddress4, await SeenAsync(place));
        Assert.Equal(Machine.HostAddress6, (await place.CallTcpAsync(Machine.LanAddress6, Setup.Port)).SeenAs.ToString());
        Assert.True(await place.PingAsync(Machine.LanAddress4));
        Assert.False(await place.ReachesTcpAsync("192.0.2.2", Setup.Port));
        Assert.True(await place.PingAsync(await Machine.AddressAsync("inside", 4)));
        await Machine.RemoveAsync("inside");
        await Machine.RemoveAsync("outward");
        await Machine.DoAsync("network delete pods");
    }

    [Fact]
    public async Task Apart_IsReachedByNoNeighbour_ButByThePortsItPublishes()
    {
        Place other = await Machine.AddAsync("near", "web"), apart = (await Machine.AddAsync("apart", "web", "--apart --publish 7277:80")).ServeTcp(80);
        other.ServeTcp(80);
        string near = await Machine.AddressAsync("near", 4), own = await Machine.AddressAsync("apart", 4);
        Assert.False(await other.ReachesTcpAsync(own, 80));
        Assert.False(await apart.ReachesTcpAsync(near, 80));
        Assert.False(await apart.PingAsync(await Machine.AddressAsync("near", 6)));
        Assert.Equal(Machine.HostAddress4, await SeenAsync(apart));
        Assert.True(await Machine.Host.ReachesTcpAsync(own, 80));
        Assert.Equal(near, (await other.CallTcpAsync(Machine.HostAddress4, 7277)).SeenAs.ToString());
        await Machine.StopDaemonAsync();
        await Machine.StartDaemonAsync();
        Assert.False(await other.ReachesTcpAsync(own, 80));
        await Machine.RemoveAsync("near");
        await Machine.RemoveAsync("apart");
    }

    [Fact]
    public async Task PortPool_HasNoMoreThanItsShare()
    {
        // One percent of 16,384 ports.
        Place place = await AddAsync("few", """{"Type":"OutBoundNAT","Settings":{"MaxPortPoolUsage":1}}""");
        var open = new List<System.Net.Sockets.Socket>();
        try
        {
            for (int i = 0; i < 163; i++)
                open.Add(await place.ConnectAsync(Machine.LanAddress4, Setup.Echo));
            Assert.False(await place.ReachesTcpAsync(Machine.LanAddress4, Setup.Echo));
        }
        finally
        {
            open.ForEach(socket => socket.Dispose());
        }
        await Machine.RemoveAsync("few");
    }

    [Theory]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Exceptions":["10.1.2.3/24"]}}""", "$.Policies[0].Settings.Exceptions[0]", "host bits set", 0x803b0030)]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Exceptions":["fd00::/8"]}}""", "$.Policies[0].Settings.Exceptions[0]", "is not IPv4", 0x803b0030)]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"VirtualIP":"127.0.0.1"}}""", "$.Policies[0].Settings.VirtualIP", "belongs to 127.0.0.0/8", 0x803b001e)]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"MaxPortPoolUsage":101}}""", "$.Policies[0].Settings.MaxPortPoolUsage", "use 1 to 100", 0x803b000d)]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{}},{"Type":"OutBoundNAT","Settings":{}}""", "$.Policies[1].Settings", "IPv4 is given twice", 0x803b0012)]
    [InlineData("""{"Type":"OutBoundNAT","Settings":{"Flags":1}}""", "$.Policies[0].Settings.Flags", "LocalRoutedVip", 0x803b0015)]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"203.0.113.0/24"}}""", "$.Policies[0].Settings.NextHop", "has no next hop", 0x803b001e)]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.2","NeedEncap":true}}""", "$.Policies[0].Settings.NeedEncap", "encapsulates nothing", 0x803b000d)]
    [InlineData("""{"Type":"SDNRoute","Settings":{"DestinationPrefix":"203.0.113.0/24","NextHop":"2001:db8:52::2"}}""", "$.Policies[0].Settings.NextHop", "not of the family", 0x803b001e)]
    [InlineData("""{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":1}}""", "$.Policies[0].Settings.MaximumOutgoingBandwidthInBytes", "out of range", 0x803b000d)]
    public async Task Policy_ThatIsWrong_IsRefused_AndNothingIsThere(string policies, string path, string words, uint code)
    {
        Guid network = (await Machine.Client.GetNetworkAsync("web", TestContext.Current.CancellationToken)).Spec.Id;
        CommandResult refused = await PostAsync("/hcn/v2/endpoints", $$"""{"Name":"wrong","HostComputeNetwork":"{{network}}","Policies":[{{policies}}]}""");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(words, refused.Output, StringComparison.Ordinal);
        Assert.Contains(path, refused.Output, StringComparison.Ordinal);
        Assert.Contains($"{code}", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", await Machine.DoAsync("endpoint list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal", """{"Type":"OutBoundNAT","Settings":{}}""", "is internal, and its endpoints' packets are not translated")]
    [InlineData("private", """{"Type":"SDNRoute","Settings":{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.2"}}""", "is private, for which the switch has no routes")]
    public async Task Network_ThatHasNoSuchThing_RefusesIt(string kind, string policy, string words)
    {
        await Machine.DoAsync($"network create {kind}ly --type {kind}");
        Guid network = (await Machine.Client.GetNetworkAsync($"{kind}ly", TestContext.Current.CancellationToken)).Spec.Id;
        CommandResult refused = await PostAsync("/hcn/v2/endpoints", $$"""{"Name":"wrong","HostComputeNetwork":"{{network}}","Policies":[{{policy}}]}""");
        Assert.Contains(words, refused.Output, StringComparison.Ordinal);
        await Machine.DoAsync($"network delete {kind}ly");
    }

    [Fact]
    public async Task Modification_ThatIsWrong_ChangesNothing()
    {
        Place place = await AddAsync("firm", """{"Type":"OutBoundNAT","Settings":{"Exceptions":["198.51.100.0/24"]}}""");
        string own = await Machine.AddressAsync("firm", 4), id = await IdAsync("firm");
        // Held once: a program started meanwhile has the socket until its exec, and a second bind may find the port in use.
        using System.Net.Sockets.Socket holder = Machine.Host.Hold(7207);
        string Request(string type, string policy) => $$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policy}}}]}}""";
        foreach ((string request, string words) in ((string, string)[])
        [
            (Request("Add", """{"Type":"OutBoundNAT","Settings":{}}"""), "IPv4 is given twice"),
            (Request("Remove", """{"Type":"OutBoundNAT","Settings":{}}"""), "it has no such policy OutBoundNAT"),
            (Request("Remove", """{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":1250000}}"""), "it has no such policy QOS"),
            // The last one is refused when the first has been made already.
            (Request("Add", """{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":1250000}},{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":7207,"VIP":"198.51.100.1"}}"""), "7207"),
        ])
        {
            CommandResult refused = await PostAsync($"/hcn/v2/endpoints/{id}/modify", request);
            Assert.True(refused.ExitCode != 0 && refused.Output.Contains(words, StringComparison.Ordinal), $"{request}: {refused.Output}");
        }
        Assert.Equal(own, await SeenAsync(place));
        Assert.Equal(["OutBoundNAT"], await PoliciesAsync("firm"));
        Assert.DoesNotContain("tbf", await BucketAsync(place), StringComparison.Ordinal);
        await Machine.RemoveAsync("firm");
    }

    private static async Task<string> SeenAsync(Place place) => (await place.CallTcpAsync(Machine.LanAddress4, Setup.Port)).SeenAs.ToString();

    private static async Task<string> BucketAsync(Place place) => (await place.RunAsync("tc", "qdisc", "show", "dev", "eth0")).Expect();

    private static async Task<string> LinkAsync(Place place) => (await place.RunAsync("ip", "-o", "link", "show", "eth0")).Expect().Split(':')[0];

    private static async Task<bool> EchoesAsync(System.Net.Sockets.Socket socket)
    {
        using var patience = new CancellationTokenSource(Place.Patience);
        await socket.SendAsync("ping"u8.ToArray(), patience.Token);
        return await socket.ReceiveAsync(new byte[4], patience.Token) > 0;
    }

    private async Task<string> IdAsync(string endpoint) => (await Machine.Client.GetEndpointAsync(endpoint)).Spec.Id.ToString();

    private async Task<Place> AddAsync(string name, string policies, string network = "web")
    {
        await Machine.DoAsync($"namespace create {name}");
        Guid compartment = (await Machine.Client.GetNamespaceAsync(name)).Spec.Id, id = (await Machine.Client.GetNetworkAsync(network)).Spec.Id;
        await SendAsync("/hcn/v2/endpoints", $$"""{"Name":"{{name}}","HostComputeNetwork":"{{id}}","HostComputeNamespace":"{{compartment}}","Policies":[{{policies}}]}""");
        return await Machine.CompartmentAsync(name);
    }

    private async Task ModifyAsync(string endpoint, string request, params string[] policies)
        => await SendAsync($"/hcn/v2/endpoints/{await IdAsync(endpoint)}/modify", $$$"""{"RequestType":"{{{request}}}","ResourceType":"Policy","Settings":{"Policies":[{{{string.Join(',', policies)}}}]}}""");

    private async Task<string[]> PoliciesAsync(string endpoint)
    {
        string text = (await Programs.RunAsync(["curl", "-sS", "--unix-socket", Machine.SocketPath, $"http://fairway/hcn/v2/endpoints/{await IdAsync(endpoint)}"])).Expect();
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("Policies").EnumerateArray().Select(policy => policy.GetProperty("Type").GetString()!)];
    }

    private async Task SendAsync(string path, string document) => (await PostAsync(path, document)).Expect();

    private Task<CommandResult> PostAsync(string path, string document)
        => Programs.RunAsync(["curl", "-sS", "--fail-with-body", "--unix-socket", Machine.SocketPath, "-H", "Content-Type: application/json", "--data-binary", "@-", $"http://fairway{path}"], input: document);

    public sealed class Setup : IAsyncLifetime
    {
        public const int Port = 7200;
        public const int Echo = 7201;

        public Machine Machine { get; } = new();

        internal Place Router { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            string host = $"{Machine.Instance}.host", lan = $"{Machine.Instance}.lan", router = $"{Machine.Instance}.rt";
            await Machine.DoAsync("network create web --subnet 10.90.0.0/24 --subnet fd90::/64");
            (await Programs.RunAsync(["sh", "-ec", $"""
                ip netns add {router}
                ip -n {host} link add up1 type veth peer name rt0 netns {router}
                ip -n {host} addr add 192.0.2.1/24 dev up1
                ip -n {host} addr add 2001:db8:52::1/64 dev up1 nodad
                ip -n {host} link set up1 up
                ip -n {router} link set lo up
                ip -n {router} addr add 192.0.2.2/24 dev rt0
                ip -n {router} addr add 2001:db8:52::2/64 dev rt0 nodad
                ip -n {router} addr add 203.0.113.9/32 dev lo
                ip -n {router} addr add 2001:db8:99::9/128 dev lo
                ip -n {router} link set rt0 up
                ip -n {router} route add 10.90.0.0/24 via 192.0.2.1
                ip -n {router} route add 198.51.100.0/24 via 192.0.2.1
                ip -n {host} addr add 198.51.100.77/24 dev up0
                ip -n {host} addr add 2001:db8:51::77/64 dev up0 nodad preferred_lft 0
                ip -n {lan} route add 10.90.0.0/24 via {Machine.HostAddress4}
                ip -n {lan} route add 10.222.0.1/32 via {Machine.HostAddress4}
                """])).Expect();
            Machine.Lan.ServeTcp(Port).ServeUdp(Port).ServeEcho(Echo);
            Router = new Place($"/run/netns/{router}").ServeTcp(Port).ServeEcho(Echo);
        }

        public async ValueTask DisposeAsync()
        {
            Router.Dispose();
            await Machine.DisposeAsync();
        }
    }
}
