using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>The calls a client of HNS makes, on a real daemon: what they make carries packets.</summary>
public sealed class HnsTests : IAsyncLifetime
{
    private readonly Machine _machine = new();

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task Client_OfHns_MakesAContainersNetwork()
    {
        string network = Id(await CallAsync("networks/", """{"Name":"nat","Type":"nat","Subnets":[{"AddressPrefix":"10.77.0.0/24","GatewayAddress":"10.77.0.1"}]}"""));
        await _machine.DoAsync("namespace create c1");
        await _machine.DoAsync("namespace create c2");
        string one = await AddAsync("c1", """{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8077,"ExternalPortReserved":true}""");
        string two = await AddAsync("c2", """{"Type":"OutBoundNAT","ExceptionList":["198.51.100.0/24"]}""");
        Place c1 = (await _machine.CompartmentAsync("c1")).ServeTcp(80), c2 = await _machine.CompartmentAsync("c2");
        string own = await _machine.AddressAsync("c2", 4);

        Assert.True(await c2.PingAsync(await _machine.AddressAsync("c1", 4)));
        Assert.True(await _machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8077));
        // A load balancer and a route, as lists of policies.
        string balancer = Id(await CallAsync("policylists/", $$"""{"References":["/endpoints/{{one}}"],"Policies":[{"Type":"ELB","Protocol":6,"InternalPort":80,"ExternalPort":80,"VIPs":["10.96.0.10"]}]}"""));
        Assert.Equal(own, (await c2.CallTcpAsync("10.96.0.10", 80)).SeenAs.ToString());
        string route = Id(await CallAsync("policylists/", $$"""{"References":["/endpoints/{{two}}"],"Policies":[{"Type":"ROUTE","DestinationPrefix":"203.0.113.0/24","NextHop":"{{Machine.LanAddress4}}"}]}"""));
        Assert.Contains(Machine.LanAddress4, await _machine.DoAsync("explain c2 203.0.113.9:80"), StringComparison.Ordinal);
        // One rule more on the endpoint as it was read.
        const string Rule = """{"Type":"ACL","Protocol":6,"LocalPort":80,"Action":"Block","Direction":"In"}""";
        string read = (await CallAsync($"endpoints/{one}")).GetProperty("Output").GetRawText();
        await CallAsync($"endpoints/{one}", read.Replace("\"Policies\":[", $"\"Policies\":[{Rule},", StringComparison.Ordinal));
        Assert.False(await _machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8077));
        Assert.True((await CallAsync($"endpointstats/{one}")).GetProperty("Output").GetProperty("PacketsReceived").GetUInt64() > 0);

        await CallAsync($"endpoints/{one}/detach", """{"ContainerId":"c1","SystemType":"Container"}""");
        Assert.False(await c2.ReachesTcpAsync("10.96.0.10", 80));
        foreach (string path in (string[])[$"policylists/{balancer}", $"policylists/{route}", $"endpoints/{one}", $"endpoints/{two}", $"networks/{network}"])
            Assert.True((await DeleteAsync(path)).GetProperty("Success").GetBoolean());
        Assert.False((await DeleteAsync($"networks/{network}")).GetProperty("Success").GetBoolean());

        async Task<string> AddAsync(string name, string policy)
        {
            string id = Id(await CallAsync("endpoints/", $$"""{"Name":"{{name}}","VirtualNetwork":"{{network}}","Policies":[{{policy}}]}"""));
            await CallAsync($"endpoints/{id}/attach", $$"""{"ContainerId":"{{name}}","SystemType":"Container"}""");
            return id;
        }
    }

    private static string Id(JsonElement answer) => answer.GetProperty("Output").GetProperty("ID").GetString()!;

    /// <summary>Posts a document, or gets one.</summary>
    private async Task<JsonElement> CallAsync(string path, string? document = null)
    {
        JsonElement answer = await SendAsync(document is null ? [] : ["--data-binary", "@-"], path, document);
        Assert.True(answer.GetProperty("Success").GetBoolean(), answer.GetRawText());
        return answer;
    }

    private Task<JsonElement> DeleteAsync(string path) => SendAsync(["-X", "DELETE"], path, null);

    private async Task<JsonElement> SendAsync(string[] options, string path, string? document)
    {
        CommandResult result = await Programs.RunAsync(["curl", "-sS", "--unix-socket", _machine.SocketPath, .. options, $"http://fairway/hns/v1/{path}"], input: document ?? "");
        using var answer = JsonDocument.Parse(result.Expect());
        return answer.RootElement.Clone();
    }
}
