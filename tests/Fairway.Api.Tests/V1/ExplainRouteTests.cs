using System.Net;
using Fairway.Api.Tests.Fixtures;

namespace Fairway.Api.Tests.V1;

public sealed class ExplainRouteTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await PostAsync("/v1/networks", """{"Name":"web","Subnets":[{"Prefix":"10.1.0.0/24"}]}""");
        foreach (var name in new[] { "c1", "c2" })
        {
            await PostAsync("/v1/namespaces", $$"""{"Name":"{{name}}"}""");
            await PostAsync("/v1/endpoints", $$"""{"Network":"web","Name":"{{name}}","Namespace":"{{name}}"}""");
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("source=c1&destination=c2&port=80", "Allowed", "None", "tcp")]
    [InlineData("source=c1&destination=10.1.0.77&port=80&protocol=udp", "Dropped", "NoSuchEndpoint", "udp")]
    [InlineData("source=host&destination=web%2Fc2&protocol=ICMP&version=4", "Allowed", "None", "icmp")]
    public async Task Question_IsAnswered(string query, string verdict, string reason, string protocol)
    {
        var answer = await GetAsync($"/v1/explain?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal((verdict, reason), (answer.Json.GetProperty("Verdict").GetString(), answer.Json.GetProperty("Reason").GetString()));
        Assert.Equal(protocol switch { "tcp" => 6, "udp" => 17, _ => 1 }, answer.Json.GetProperty("Packet").GetProperty("Protocol").GetInt32());
        Assert.Equal(answer.Json.GetProperty("Reason").GetString() == "None", answer.Json.GetProperty("Steps").EnumerateArray().All(step => step.GetProperty("Passed").GetBoolean()));
    }

    [Theory]
    [InlineData("destination=c2&port=80", 400, "the query needs one source: /v1/explain?source=c1&destination=c2&port=80")]
    [InlineData("source=c1&port=80", 400, "the query needs one destination: /v1/explain?source=c1&destination=c2&port=80")]
    [InlineData("source=c1&source=c2&destination=c2&port=80", 400, "the query needs one source: /v1/explain?source=c1&destination=c2&port=80")]
    [InlineData("source=c1&destination=c2&port=http", 400, "'http' is not a port from 0 to 65535")]
    [InlineData("source=c1&destination=c2&port=-1", 400, "'-1' is not a port from 0 to 65535")]
    [InlineData("source=c1&destination=c2&port=65536", 400, "'65536' is not a port from 0 to 65535")]
    [InlineData("source=c1&destination=c2&port=80&source-port=x", 400, "'x' is not a port from 0 to 65535")]
    [InlineData("source=c1&destination=c2&port=80&protocol=sctp", 400, "'sctp' is no protocol to explain; use Tcp, Udp, Icmp")]
    [InlineData("source=c1&destination=c2&port=80&protocol=1", 400, "'1' is no protocol to explain; use Tcp, Udp, Icmp")]
    [InlineData("source=c1&destination=c2&port=80&version=5", 400, "IP version 5 does not exist; give 4 or 6")]
    [InlineData("source=c1&destination=c2&port=80&protocol=icmp", 400, "explain 'c2': ICMP has no ports; leave the port out")]
    [InlineData("source=c1&destination=c2", 400, "explain 'c2': a tcp packet has a port; give one, as c2:80, or ask about /icmp")]
    [InlineData("source=c1&destination=c2&port=80&ttl=3", 400, "there is no parameter 'ttl'; known are source, destination, protocol, port, source-port, version")]
    [InlineData("source=c9&destination=c2&port=80", 404, "endpoint 'c9' does not exist; list the endpoints for their names and ids")]
    public async Task WrongQuestion_IsRefused(string query, int status, string message)
    {
        var answer = await GetAsync($"/v1/explain?{query}");
        Assert.Equal((status, message), ((int)answer.Status, answer.Json.GetProperty("Error").GetString()));
    }

    private Task<Answer> GetAsync(string path) => _server.SendAsync(HttpMethod.Get, path);

    private Task<Answer> PostAsync(string path, string body) => _server.SendAsync(HttpMethod.Post, path, body);
}
