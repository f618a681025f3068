using System.Text.Json;
using System.Text.Json.Nodes;
using Fairway.Model.Networks;
using Fairway.Netavark.Tests.Fixtures;

namespace Fairway.Netavark.Tests;

public sealed class CreateTests : IAsyncDisposable
{
    private readonly FakeDaemon _daemon = new FakeDaemon().On<IReadOnlyList<Network>>("GET /v1/networks", [Daemon.Network()]);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task Create_FillsInWhatIsOpen()
    {
        var network = (await CreateAsync(Requests.Creation())).Succeeded();
        Assert.Equal(("web", Requests.NetworkId, "bridge"), (Text(network, "name"), Text(network, "id"), Text(network, "driver")));
        Assert.Equal("""[{"subnet":"10.89.1.0/24","gateway":"10.89.1.1"}]""", network.GetProperty("subnets").GetRawText());
        Assert.Equal("podman3", Text(network, "network_interface"));
        Assert.Equal("""{"driver":"host-local"}""", network.GetProperty("ipam_options").GetRawText());
        Assert.True(network.GetProperty("created").GetDateTimeOffset().Year > 2000);
        Assert.Empty(_daemon.Calls);
    }

    [Fact]
    public async Task Create_WithIpv6_AddsAUniqueLocalPrefix()
    {
        var creation = Requests.Creation();
        creation["network"]!["ipv6_enabled"] = true;
        var network = (await CreateAsync(creation)).Succeeded();
        Assert.Matches("^fd[0-9a-f:]+::/64$", Text(network.GetProperty("subnets")[1], "subnet"));
        Assert.Matches("^fd[0-9a-f:]+::1$", Text(network.GetProperty("subnets")[1], "gateway"));
    }

    [Fact]
    public async Task Create_Internal_WithoutNames_HasNoGateway()
    {
        var creation = Requests.Creation();
        creation["network"]!["internal"] = true;
        creation["network"]!["dns_enabled"] = false;
        Assert.Equal("""[{"subnet":"10.89.1.0/24"}]""", (await CreateAsync(creation)).Succeeded().GetProperty("subnets").GetRawText());
    }

    [Fact]
    public async Task Create_HandsBackWhatItDoesNotKnow()
    {
        var creation = Requests.Creation();
        creation["network"]!["from_the_future"] = 7;
        creation["network"]!["labels"] = new JsonObject { ["a"] = "b" };
        var network = (await CreateAsync(creation)).Succeeded();
        Assert.Equal(7, network.GetProperty("from_the_future").GetInt32());
        Assert.Equal("b", Text(network.GetProperty("labels"), "a"));
    }

    [Theory]
    [InlineData("name", "\"podman\"", "network 'podman' already exists")]
    [InlineData("name", "\"a b\"", "contains a space")]
    [InlineData("network_interface", "\"podman1\"", "interface name 'podman1' belongs to another network")]
    [InlineData("subnets", "[{\"subnet\": \"10.88.7.0/24\"}]", "subnet 10.88.7.0/24 is used by another network or the host")]
    [InlineData("subnets", "[{\"subnet\": \"10.88.7.0\"}]", "has no prefix length")]
    [InlineData("driver", "\"macvlan\"", "Fairway does 'bridge' networks")]
    [InlineData("options", "{\"vlan\": \"9\"}", "the option vlan=9")]
    [InlineData("options", "{\"mtu\": \"70000\"}", "70000")]
    public async Task Create_OfWhatCannotBe_IsRefused(string member, string value, string expected)
    {
        var creation = Requests.Creation();
        creation["network"]![member] = JsonNode.Parse(value);
        Assert.Contains(expected, (await CreateAsync(creation)).Failed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OfTheDefaultNetwork_MayMeetItself()
    {
        var creation = Requests.Creation();
        creation["network"]!["subnets"] = JsonNode.Parse("""[{"subnet": "10.88.0.0/16"}]""");
        creation["options"]!["check_used_subnets"] = false;
        Assert.Equal("""[{"subnet":"10.88.0.0/16","gateway":"10.88.0.1"}]""", (await CreateAsync(creation)).Succeeded().GetProperty("subnets").GetRawText());
    }

    [Fact]
    public async Task Plugin_TakesASubnetFairwayHasNot()
    {
        var network = (await CreateAsync(PluginNetwork())).Succeeded();
        Assert.Equal("""[{"subnet":"10.89.1.0/24","gateway":"10.89.1.1"}]""", network.GetProperty("subnets").GetRawText());
        Assert.Equal("fairway", Text(network, "driver"));
    }

    [Fact]
    public async Task Plugin_ThatJoinsANetwork_TakesItsSubnets()
    {
        var network = PluginNetwork();
        network["options"] = new JsonObject { ["fairway.network"] = "web" };
        Assert.Equal("""[{"subnet":"10.89.0.0/24","gateway":"10.89.0.1"}]""", (await CreateAsync(network)).Succeeded().GetProperty("subnets").GetRawText());
        network["options"]!["fairway.network"] = "nowhere";
        Assert.Contains("'nowhere', which does not exist in Fairway", (await CreateAsync(network)).Failed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_IsAPluginsApi_AndVersionNetavarks()
    {
        Assert.Equal("1.0.0", Text((await Call.Async(_daemon, "", "info")).Succeeded(), "api_version"));
        Assert.Equal(Product.Version, Text((await Call.Async(_daemon, "", "version")).Succeeded(), "version"));
        Assert.Equal($"fairway-netavark {Product.Version}\n", (await Call.Async(_daemon, "", "--version")).Out);
    }

    private static JsonObject PluginNetwork() => JsonNode.Parse($$"""
        {"name": "mine", "id": "{{Requests.NetworkId}}", "driver": "fairway", "created": "0001-01-01T00:00:00Z", "ipv6_enabled": false, "internal": false, "dns_enabled": true}
        """)!.AsObject();

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private Task<Call> CreateAsync(JsonObject request) => Call.Async(_daemon, request.ToJsonString(), "create");
}
