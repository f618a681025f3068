using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>
/// Connections led to a proxy beside an endpoint's processes (L4WFPPROXY). The proxy is a process of root's in the endpoint's namespace; applications are processes of
/// another user's, or callers from elsewhere.
/// </summary>
public sealed class SidecarTests(SidecarTests.Setup setup) : IClassFixture<SidecarTests.Setup>
{
    private const string Both = """{"Type":"L4WFPPROXY","Settings":{"InboundProxyPort":"15006","OutboundProxyPort":"15001","UserSID":"S-1-22-1-0"}}""";

    private Machine Machine => setup.Machine;

    public static TheoryData<string, string> Lan => new() { { Machine.LanAddress4, Machine.HostAddress4 }, { Machine.LanAddress6, Machine.HostAddress6 } };

    [Theory]
    [MemberData(nameof(Lan))]
    public async Task Outbound_ArrivesAtTheSidecar_WhichLearnsWhereItWasToGo(string lan, string host)
    {
        Place place = await AddAsync("out", Both);
        using (await RunningSidecar.StartAsync(place))
        {
            Assert.Equal($"out {End(lan)}\n{host}", await AppCallsAsync(place, lan));
            // What the proxy calls goes past it, and so does what is called in the namespace itself.
            Assert.Equal(host, (await place.CallTcpAsync(lan, Setup.Port)).SeenAs.ToString());
            place.ServeTcp(7401);
            string loopback = lan.Contains(':') ? "::1" : "127.0.0.1";
            Assert.Equal(loopback, await AppCallsAsync(place, loopback, 7401));
            string own = await Machine.AddressAsync("out", lan.Contains(':') ? 6 : 4);
            Assert.Equal(own, await AppCallsAsync(place, own, 7401));
            // A process elsewhere is not touched.
            Place other = await Machine.AddAsync("free", "web");
            Assert.Equal(host, await AppCallsAsync(other, lan));
            await Machine.RemoveAsync("free");
        }
        // Nobody listens: refused at once, and not past the proxy.
        Assert.Contains("refused", await AppCallsAsync(place, lan), StringComparison.Ordinal);
        await Machine.RemoveAsync("out");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Inbound_ArrivesAtTheSidecar_WhoeverCalls(int version)
    {
        string host = version == 4 ? Machine.HostAddress4 : Machine.HostAddress6;
        Place place = await AddAsync("in", $$$"""{{{Both}}},{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":7480{{{(version == 6 ? ",\"Flags\":2" : "")}}}}}""");
        Place neighbour = await Machine.AddAsync("near", "web");
        place.ServeTcp(80);
        string own = await Machine.AddressAsync("in", version), loopback = version == 4 ? "127.0.0.1" : "::1";
        string expected = $"in {End(own, 80)}\n{loopback}";
        // A proxy that does not listen yet is waited for, and the application is not reached without it.
        Assert.False(await neighbour.ReachesTcpAsync(own, 80));
        using (await RunningSidecar.StartAsync(place))
        {
            Assert.Equal(expected, await SaysAsync(neighbour, own, 80));
            Assert.Equal(expected, await SaysAsync(Machine.Lan, host, 7480));
            Assert.Equal(expected, await SaysAsync(Machine.Host, host, 7480));
            Assert.Equal(expected, await SaysAsync(Machine.Host, own, 80));
            // Many at once, over the same ports again and again.
            string[] all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SaysAsync(neighbour, own, 80)));
            Assert.All(all, said => Assert.Equal(expected, said));
            // UDP and ping are none of its business.
            place.ServeUdp(7402);
            Assert.Equal(await Machine.AddressAsync("near", version), (await neighbour.CallUdpAsync(own, 7402)).SeenAs.ToString());
            Assert.True(await neighbour.PingAsync(own));
        }
        await Machine.RemoveAsync("in");
        await Machine.RemoveAsync("near");
    }

    [Fact]
    public async Task FilterAndExceptions_NarrowWhatIsLed()
    {
        Place place = await AddAsync("narrow", """
            {"Type":"L4WFPPROXY","Settings":{"InboundProxyPort":"15006","OutboundProxyPort":"15001","UserSID":"0",
             "FilterTuple":{"Protocols":"6","RemoteAddresses":"198.51.100.0/24,2001:db8:51::/64,10.94.0.0/24,fd94::/64"},
             "InboundExceptions":{"IpAddressExceptions":["10.94.0.77"],"PortExceptions":["81","90-99"]},
             "OutboundExceptions":{"IpAddressExceptions":["2001:db8:51::2"],"PortExceptions":["7301"]}}}
            """);
        Place near = await Machine.AddAsync("near", "web"), excepted = await Machine.AddAsync("far", "web", "--ip 10.94.0.77 --ip fd94::77");
        foreach (int port in (int[])[80, 81, 95])
            place.ServeTcp(port);
        string own = await Machine.AddressAsync("narrow", 4), own6 = await Machine.AddressAsync("narrow", 6);
        using (await RunningSidecar.StartAsync(place))
        {
            Assert.StartsWith("out 198.51.100.2:7300", await AppCallsAsync(place, Machine.LanAddress4), StringComparison.Ordinal);
            Assert.Equal(Machine.HostAddress4, await AppCallsAsync(place, Machine.LanAddress4, Setup.OtherPort));
            Assert.Equal(Machine.HostAddress6, await AppCallsAsync(place, Machine.LanAddress6));
            // Not in the filter.
            Assert.False((await AppCallsAsync(place, "203.0.113.77")).StartsWith("out ", StringComparison.Ordinal));

            Assert.StartsWith("in ", await SaysAsync(near, own, 80), StringComparison.Ordinal);
            Assert.StartsWith("in ", await SaysAsync(near, own6, 80), StringComparison.Ordinal);
            Assert.Equal(await Machine.AddressAsync("near", 4), await SaysAsync(near, own, 81));
            Assert.Equal(await Machine.AddressAsync("near", 6), await SaysAsync(near, own6, 95));
            Assert.Equal("10.94.0.77", await SaysAsync(excepted, own, 80));
            Assert.StartsWith("in ", await SaysAsync(excepted, own6, 80), StringComparison.Ordinal);
        }
        foreach (string name in (string[])["narrow", "near", "far"])
            await Machine.RemoveAsync(name);
    }

    [Fact]
    public async Task Policy_ChangesWhileItRuns_AndSurvivesTheDaemon()
    {
        Place place = await Machine.AddAsync("live", "web");
        Place near = await Machine.AddAsync("near", "web");
        place.ServeTcp(80).ServeEcho(7403);
        string own = await Machine.AddressAsync("live", 4), caller = await Machine.AddressAsync("near", 4);
        string led = $"out {End(Machine.LanAddress4)}\n{Machine.HostAddress4}", before = (await place.RunAsync("ip", "-o", "link", "show", "eth0")).Expect().Split(':')[0];
        using (await RunningSidecar.StartAsync(place))
        {
            using Socket old = await near.ConnectAsync(own, 7403);
            Assert.Equal((Machine.HostAddress4, caller), (await AppCallsAsync(place, Machine.LanAddress4), await SaysAsync(near, own, 80)));
            await ModifyAsync("live", "Add", Both);
            Assert.Equal((led, $"in {own}:80\n127.0.0.1"), (await AppCallsAsync(place, Machine.LanAddress4), await SaysAsync(near, own, 80)));
            // What was there before goes on as it is.
            Assert.True(await EchoesAsync(old));
            Assert.Contains("""
                "OutboundProxyPort":"15001"
                """, await DocumentAsync("live"), StringComparison.Ordinal);
            Assert.Contains("port 15001 gets what is called, but by user 0", await Machine.DoAsync("endpoint show live"), StringComparison.Ordinal);
            Assert.Contains("sidecar", await Machine.DoAsync($"explain live {Machine.LanAddress4}:{Setup.Port}"), StringComparison.Ordinal);
            Assert.Contains("port 15006", await Machine.DoAsync($"explain near {own}:80"), StringComparison.Ordinal);

            await Machine.KillDaemonAsync();
            Assert.Equal((led, $"in {own}:80\n127.0.0.1"), (await AppCallsAsync(place, Machine.LanAddress4), await SaysAsync(near, own, 80)));
            await Machine.StartDaemonAsync();
            Assert.Equal((led, $"in {own}:80\n127.0.0.1"), (await AppCallsAsync(place, Machine.LanAddress4), await SaysAsync(near, own, 80)));
            Assert.True(await EchoesAsync(old));

            await ModifyAsync("live", "Update", """{"Type":"L4WFPPROXY","Settings":{"OutboundProxyPort":"15001","UserSID":"0"}}""");
            Assert.Equal((led, caller), (await AppCallsAsync(place, Machine.LanAddress4), await SaysAsync(near, own, 80)));
            await ModifyAsync("live", "Update", """{"Type":"L4WFPPROXY","Settings":{"InboundProxyPort":"15006"}}""");
            Assert.Equal((Machine.HostAddress4, $"in {own}:80\n127.0.0.1"), (await AppCallsAsync(place, Machine.LanAddress4), await SaysAsync(near, own, 80)));
            await SendAsync($"/hcn/v2/endpoints/{await IdAsync("live")}/modify", """{"RequestType":"Reset","ResourceType":"Policy"}""");
            Assert.Equal((Machine.HostAddress4, caller), (await AppCallsAsync(place, Machine.LanAddress4), await SaysAsync(near, own, 80)));
            Assert.True(await EchoesAsync(old));
            Assert.Equal(before, (await place.RunAsync("ip", "-o", "link", "show", "eth0")).Expect().Split(':')[0]);
        }
        Assert.False(File.Exists($"/sys/fs/bpf/{Machine.Instance}/v1/attachments/sidecar_option"));
        await Machine.RemoveAsync("live");
        await Machine.RemoveAsync("near");
    }

    /// <summary>L4Proxy: one on the LAN, and one in another endpoint, in place of an address that nobody has.</summary>
    [Theory]
    [InlineData("203.0.113.50", Machine.LanAddress4, Machine.HostAddress4)]
    [InlineData("2001:db8:99::50", Machine.LanAddress6, Machine.HostAddress6)]
    public async Task ProxyElsewhere_GetsWhatIsCalled_WithExceptions(string nobody, string lan, string host)
    {
        string destination = lan.Contains(':') ? $"[{lan}]" : lan;
        Place place = await AddAsync("led", $$$"""{"Type":"L4Proxy","Settings":{"Port":"80-99","Protocol":6,"ExceptionList":["{{{lan}}}"],"Destination":"{{{destination}}}:{{{Setup.Port}}}","OutboundNat":true}}""");
        Place near = (await Machine.AddAsync("near", "web")).ServeTcp(80).ServeTcp(81);
        string own = await Machine.AddressAsync("led", lan.Contains(':') ? 6 : 4), neighbour = await Machine.AddressAsync("near", lan.Contains(':') ? 6 : 4);
        Answer led = await place.CallTcpAsync(nobody, 80);
        // The process believes that it talks to whom it called.
        Assert.Equal((host, nobody), (led.SeenAs.ToString(), led.From.ToString()));
        Assert.Equal(host, (await place.CallTcpAsync(neighbour, 80)).SeenAs.ToString());
        Assert.False(await place.ReachesTcpAsync(nobody, 100));
        Assert.False(await place.ReachesTcpAsync(lan, 80));
        Assert.Contains($"led to the proxy at {End(lan)}", await Machine.DoAsync($"explain led {End(nobody, 80)}"), StringComparison.Ordinal);

        // Another endpoint as the proxy, whose address is as it is, on the port that was called.
        await ModifyAsync("led", "Update", $$$"""{"Type":"L4Proxy","Settings":{"IP":"{{{nobody}}}","Destination":"{{{neighbour}}}"}}""");
        Assert.Equal(own, (await place.CallTcpAsync(nobody, 81)).SeenAs.ToString());
        Assert.Equal(own, (await place.CallTcpAsync(neighbour, 80)).SeenAs.ToString());
        await Machine.KillDaemonAsync();
        Assert.Equal(own, (await place.CallTcpAsync(nobody, 81)).SeenAs.ToString());
        await Machine.StartDaemonAsync();
        Assert.Equal(own, (await place.CallTcpAsync(nobody, 81)).SeenAs.ToString());
        await SendAsync($"/hcn/v2/endpoints/{await IdAsync("led")}/modify", """{"RequestType":"Reset","ResourceType":"Policy"}""");
        Assert.False(await place.ReachesTcpAsync(nobody, 81));
        await Machine.RemoveAsync("led");
        await Machine.RemoveAsync("near");
    }

    [Fact]
    public async Task SecondSidecar_OfANamespace_IsRefused()
    {
        await AddAsync("one", Both);
        Guid compartment = (await Machine.Client.GetNamespaceAsync("one", TestContext.Current.CancellationToken)).Spec.Id, network = (await Machine.Client.GetNetworkAsync("web", TestContext.Current.CancellationToken)).Spec.Id;
        CommandResult refused = await PostAsync("/hcn/v2/endpoints", $$$"""{"Name":"two","HostComputeNetwork":"{{{network}}}","HostComputeNamespace":"{{{compartment}}}","AdditionalParams":{"InterfaceName":"eth1"},"Policies":[{{{Both}}}]}""");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("namespace 'one' has a proxy by endpoint 'web/one' already", refused.Output, StringComparison.Ordinal);
        await Machine.RemoveAsync("one");
    }

    /// <summary>What a process of another user's than the proxy's is told, or why it is told nothing.</summary>
    private static async Task<string> AppCallsAsync(Place place, string address, int port = Setup.Port)
    {
        CommandResult result = await place.RunAsync("timeout", "20", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-c", $"exec 3<>/dev/tcp/{address}/{port} && cat <&3");
        return $"{result.Output}{result.Errors}".Trim();
    }

    private static async Task<string> SaysAsync(Place place, string address, int port)
    {
        using Socket socket = await place.ConnectAsync(address, port);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var text = new StringBuilder();
        byte[] buffer = new byte[256];
        int length;
        while ((length = await socket.ReceiveAsync(buffer, patience.Token)) > 0)
            text.Append(Encoding.ASCII.GetString(buffer, 0, length));
        return text.ToString().Trim();
    }

    private static string End(string address, int port = Setup.Port) => address.Contains(':') ? $"[{address}]:{port}" : $"{address}:{port}";

    private static async Task<bool> EchoesAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await socket.SendAsync("ping"u8.ToArray(), patience.Token);
        return await socket.ReceiveAsync(new byte[4], patience.Token) > 0;
    }

    private async Task<string> IdAsync(string endpoint) => (await Machine.Client.GetEndpointAsync(endpoint)).Spec.Id.ToString();

    private async Task<Place> AddAsync(string name, string policies)
    {
        await Machine.DoAsync($"namespace create {name}");
        Guid compartment = (await Machine.Client.GetNamespaceAsync(name)).Spec.Id, id = (await Machine.Client.GetNetworkAsync("web")).Spec.Id;
        await SendAsync("/hcn/v2/endpoints", $$"""{"Name":"{{name}}","HostComputeNetwork":"{{id}}","HostComputeNamespace":"{{compartment}}","Policies":[{{policies}}]}""");
        return await Machine.CompartmentAsync(name);
    }

    private async Task ModifyAsync(string endpoint, string request, string policy)
        => await SendAsync($"/hcn/v2/endpoints/{await IdAsync(endpoint)}/modify", $$$"""{"RequestType":"{{{request}}}","ResourceType":"Policy","Settings":{"Policies":[{{{policy}}}]}}""");

    private async Task<string> DocumentAsync(string endpoint)
    {
        string text = (await Programs.RunAsync(["curl", "-sS", "--unix-socket", Machine.SocketPath, $"http://fairway/hcn/v2/endpoints/{await IdAsync(endpoint)}"])).Expect();
        using var document = JsonDocument.Parse(text);
        return string.Join(',', document.RootElement.GetProperty("Policies").EnumerateArray().Select(policy => policy.GetRawText()));
    }

    private async Task SendAsync(string path, string document) => (await PostAsync(path, document)).Expect();

    private Task<CommandResult> PostAsync(string path, string document)
        => Programs.RunAsync(["curl", "-sS", "--fail-with-body", "--unix-socket", Machine.SocketPath, "-H", "Content-Type: application/json", "--data-binary", "@-", $"http://fairway{path}"], input: document);

    public sealed class Setup : IAsyncLifetime
    {
        public const int Port = 7300;
        public const int OtherPort = 7301;

        public Machine Machine { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            Machine.Lan.ServeTcp(Port).ServeTcp(OtherPort);
            await Machine.DoAsync("network create web --subnet 10.94.0.0/24 --subnet fd94::/64");
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
