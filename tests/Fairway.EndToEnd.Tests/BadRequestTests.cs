using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>
/// Wrong requests as programs make them, over HTTP: the status, the member at fault, a remedy, and nothing changed. <see cref="BadInputTests"/> has the same as users
/// type them; the second daemon is there, the daemon killed in <see cref="KillTests"/>.
/// </summary>
public sealed class BadRequestTests(BadRequestTests.Setup setup) : IClassFixture<BadRequestTests.Setup>
{
    /// <summary>The case, the request, and what the answer has: status, path of the member (empty: the whole request), words of cause and remedy.</summary>
    public static TheoryData<string, string, string, int, string, string[]> Requests => new()
    {
        { "malformed JSON", "POST /v1/networks", "{'Name':", 400, "", ["line 1", "JSON"] },
        { "not the document", "POST /v1/networks", "[]", 400, "$", ["the value is not an object"] },
        { "unknown member", "POST /v1/networks", "{'Nmae':'x'}", 400, "$.Nmae", ["Nmae"] },
        { "oversized JSON", "POST /v1/networks", "OVERSIZED", 413, "", ["longer than 1048576 bytes"] },
        { "unknown id", "DELETE /v1/networks/9e2d3a11-0000-4000-8000-000000000000", "", 404, "", ["9e2d3a11-0000-4000-8000-000000000000"] },
        { "unknown network", "POST /v1/endpoints", "{'Name':'x','Network':'nowhere'}", 404, "", ["'nowhere'"] },
        { "duplicate name", "POST /v1/networks", "{'Name':'web'}", 409, "$.Name", ["'web'", "choose another name"] },
        { "duplicate name of an endpoint", "POST /v1/endpoints", "{'Name':'c1','Network':'web'}", 409, "$.Name", ["'c1'", "choose another name"] },
        { "duplicate id", "POST /v1/networks", "{'Id':'WEB','Name':'other'}", 409, "$.Id", ["WEB", "another id"] },
        { "subnet of another network", "POST /v1/networks", "{'Name':'bad','Subnets':[{'Prefix':'10.77.128.0/17'}]}", 409, "$.Subnets[0].Prefix", ["'fixed'", "10.77.0.0/16", "choose another prefix"] },
        { "subnet of a host route", "POST /v1/networks", "{'Name':'bad','Subnets':[{'Prefix':'198.51.0.0/16'}]}", 409, "$.Subnets[0].Prefix", ["198.51.100.0/24", "choose another prefix"] },
        { "invalid CIDR", "POST /v1/networks", "{'Name':'bad','Subnets':[{'Prefix':'10.1.2.0/99'}]}", 400, "$.Subnets[0].Prefix", ["10.1.2.0/99"] },
        { "CIDR with host bits", "POST /v1/networks", "{'Name':'bad','Subnets':[{'Prefix':'10.1.2.3/8'}]}", 400, "$.Subnets[0].Prefix", ["10.0.0.0/8"] },
        { "gateway outside the subnet", "POST /v1/networks", "{'Name':'bad','Subnets':[{'Prefix':'10.99.0.0/24','Gateway':'10.98.0.1'}]}", 400, "$.Subnets[0].Gateway", ["10.98.0.1", "use an address from 10.99.0.1"] },
        { "MTU out of range", "POST /v1/networks", "{'Name':'bad','Mtu':12}", 400, "$.Mtu", ["12", "1280 to 65535"] },
        { "static address outside the subnet", "POST /v1/endpoints", "{'Network':'fixed','Addresses':['10.78.0.9']}", 400, "$.Addresses[0]", ["10.78.0.9", "10.77.0.0/16"] },
        { "static address, IPv4 written as IPv6", "POST /v1/endpoints", "{'Network':'fixed','Addresses':['::ffff:10.77.0.9']}", 400, "$.Addresses[0]", ["10.77.0.9"] },
        { "static address is the gateway's", "POST /v1/endpoints", "{'Network':'fixed','Addresses':['10.77.0.1']}", 409, "$.Addresses[0]", ["10.77.0.1", "gateway"] },
        { "static address taken", "POST /v1/endpoints", "{'Network':'fixed','Addresses':['10.77.0.2']}", 409, "$.Addresses[0]", ["10.77.0.2", "'fixed/f1'"] },
        { "exhausted subnet", "POST /v1/endpoints", "{'Network':'tiny'}", 507, "", ["'tiny'", "10.76.0.0/30"] },
        { "port published already", "POST /v1/endpoints/f1/publications", "[{'HostPort':8080,'ContainerPort':80}]", 409, "$[0].HostPort", ["8080", "'web/c1'"] },
        { "port of a host process", "POST /v1/endpoints/f1/publications", "[{'HostPort':9700,'ContainerPort':80}]", 409, "$[0].HostPort", ["9700", "pid"] },
        { "ports that overlap in one request", "POST /v1/endpoints/f1/publications", "[{'HostPort':9000,'ContainerPort':1,'Count':10},{'HostPort':9005,'ContainerPort':80}]", 400, "$[1].HostPort", ["9005"] },
        { "missing namespace", "POST /v1/endpoints", "{'Network':'web','Namespace':'nowhere'}", 404, "", ["'nowhere'"] },
        { "missing namespace path", "POST /v1/attach", "{'Network':'web','NetnsPath':'/run/netns/no-such-thing'}", 404, "$.NetnsPath", ["'/run/netns/no-such-thing'"] },
        { "a path that is no namespace", "POST /v1/attach", "{'Network':'web','NetnsPath':'/etc/passwd'}", 404, "$.NetnsPath", ["'/etc/passwd'"] },
        { "interface name in use", "POST /v1/endpoints", "{'Network':'web','Namespace':'c1'}", 409, "$.InterfaceName", ["'eth0'", "choose another"] },
        { "interface name of somebody else's link", "POST /v1/attach", "{'Network':'web','NetnsPath':'LAN','InterfaceName':'lan0'}", 409, "", ["'lan0'", "choose another name"] },
        { "interface name too long", "POST /v1/attach", "{'Network':'web','NetnsPath':'LAN','InterfaceName':'sixteen-letters0'}", 400, "$.InterfaceName", ["15"] },
        { "network with endpoints", "DELETE /v1/networks/web", "", 409, "", ["'web'", "c1"] },
        { "namespace with endpoints", "DELETE /v1/namespaces/c1", "", 409, "", ["'c1'"] },
        { "name that is a path", "POST /v1/networks", "{'Name':'../etc/passwd'}", 400, "$.Name", ["'../etc/passwd'", "1 to 63"] },
        { "name of 300 characters", "POST /v1/namespaces", "{'Name':'LONG'}", 400, "$.Name", ["300", "1 to 63"] },
        { "MAC of a group", "POST /v1/endpoints", "{'Network':'web','MacAddress':'01:00:5e:00:00:01'}", 400, "$.MacAddress", ["01:00:5E:00:00:01"] },
        { "port that is none", "POST /v1/endpoints/f1/publications", "[{'HostPort':70000,'ContainerPort':80}]", 400, "$[0].HostPort", ["whole number", "65535"] },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_IsRefused_NamingTheMemberAndTheRemedy_AndChangesNothing(string what, string request, string body, int status, string path, string[] words)
    {
        Assert.NotEmpty(what);
        string before = await setup.StateAsync();
        string[] line = request.Split(' ');
        using var message = new HttpRequestMessage(new HttpMethod(line[0]), line[1]);
        if (body.Length > 0)
            message.Content = new StringContent(setup.Fill(body), Encoding.UTF8, "application/json");
        // A body that is refused by its length need not be sent.
        message.Headers.ExpectContinue = body == "OVERSIZED";
        using HttpResponseMessage answer = await setup.Http.SendAsync(message, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text);
        string error = document.RootElement.GetProperty("Error").GetString()!;
        Assert.All(words, word => Assert.Contains(setup.Fill(word), error, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(document.RootElement.GetProperty("Kind").GetString()!);
        if (path.Length > 0)
            Assert.Equal(path, document.RootElement.GetProperty("Findings")[0].GetProperty("Path").GetString());
        Assert.Equal(before, await setup.StateAsync());
    }

    public sealed class Setup : IAsyncLifetime
    {
        private string _web = "";

        public Machine Machine { get; } = new();

        public HttpClient Http { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            Http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new Uri("http://fairway") };
            await Machine.DoAsync("network create web");
            await Machine.DoAsync("network create fixed --subnet 10.77.0.0/16");
            await Machine.DoAsync("network create tiny --subnet 10.76.0.0/30");
            await Machine.AddAsync("c1", "web", "--publish 8080:80");
            await Machine.DoAsync("endpoint create f1 --network fixed --ip 10.77.0.2");
            await Machine.DoAsync("endpoint create t1 --network tiny");
            Machine.Host.ServeTcp(9700);
            _web = (await Machine.Client.GetNetworkAsync("web")).Spec.Id.ToString();
        }

        public ValueTask DisposeAsync()
        {
            Http.Dispose();
            return Machine.DisposeAsync();
        }

        /// <summary>Quotes as JSON has them, and what only this run knows.</summary>
        internal string Fill(string text) => text == "OVERSIZED"
            ? $$"""{"Name":"{{new string('a', 1 << 20)}}"}"""
            : text.Replace('\'', text.StartsWith('{') || text.StartsWith('[') ? '"' : '\'').Replace("WEB", _web, StringComparison.Ordinal)
                .Replace("LONG", new string('a', 300), StringComparison.Ordinal).Replace("LAN", Machine.Lan.Path, StringComparison.Ordinal);

        /// <summary>What the daemon knows, and what the kernel has.</summary>
        internal async Task<string> StateAsync()
        {
            string known = "";
            foreach (string kind in (string[])["networks", "endpoints", "namespaces", "publications"])
                known += await Http.GetStringAsync($"/v1/{kind}");
            // Links that wait for their end are nobody's any more.
            return known + (await Machine.Host.RunAsync("sh", "-c", "ip -o link | sed 's/ qlen.*//' | grep -v ' fx'; ip -o addr; ls /run/netns | grep " + Machine.Instance)).Output;
        }

        private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Machine.SocketPath), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }
}
