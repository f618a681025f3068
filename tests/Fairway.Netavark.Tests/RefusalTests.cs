using System.Text;
using System.Text.Json.Nodes;
using Fairway.Netavark.Tests.Fixtures;

namespace Fairway.Netavark.Tests;

/// <summary>Whatever is wrong with a request, the answer has netavark's form, and the daemon has not been asked to change anything.</summary>
public sealed class RefusalTests : IAsyncDisposable
{
    private readonly FakeDaemon _daemon = new();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("setup")]
    [InlineData("teardown")]
    [InlineData("create")]
    public async Task Text_ThatIsNoRequest_IsRefused(string command)
    {
        string[] texts = ["", "{", "null", "[]", "7", "\"x\"", "{}", "{\"container_id\": 7}", "{\"network_info\": {}}", "{\"network\": null}", new('[', 5000), "\u0000", "{\"a\": \"\\ud800\"}"];
        foreach (var text in texts)
        {
            var call = await Call.Async(_daemon, text, command == "create" ? [command] : [command, Requests.NetnsPath]);
            Assert.StartsWith("read request: ", call.Failed(), StringComparison.Ordinal);
        }
        Assert.Empty(_daemon.Calls);
    }

    [Fact]
    public async Task Bytes_ThatAreNoText_AreRefused()
    {
        Assert.StartsWith("read request: ", (await Call.Async(_daemon.SocketPath, [0xff, 0xfe, 0x00], "setup", Requests.NetnsPath)).Failed(), StringComparison.Ordinal);
        Assert.Empty(_daemon.Calls);
    }

    [Fact]
    public async Task Body_WithoutAnEndInSight_IsRefused()
    {
        var huge = Encoding.UTF8.GetBytes("{\"container_id\": \"" + new string('x', 33 << 20) + "\"}");
        Assert.StartsWith("read request: it is longer than 32 MiB", (await Call.Async(_daemon.SocketPath, huge, "setup", Requests.NetnsPath)).Failed(), StringComparison.Ordinal);
        Assert.Empty(_daemon.Calls);
    }

    [Theory]
    [InlineData("container_id", "7", "read request: $.container_id: the value is not a string")]
    [InlineData("container_id", "null", "read request: $.container_id: null is not a value here; leave the member out")]
    [InlineData("container_id", "\"\"", "read request: $.container_id is empty; give the container's id")]
    [InlineData("networks", "{}", "read request: $.networks is empty; name the networks the container joins")]
    [InlineData("networks", "7", "networks are an object by name, or an array")]
    [InlineData("networks", "{\"web\": {}}", "interface_name")]
    [InlineData("networks", "{\"web\": null}", "a network's options are an object")]
    [InlineData("networks", "[{\"interface_name\": \"eth0\"}]", "name")]
    [InlineData("networks", "[{\"name\": \"web\", \"interface_name\": \"eth0\"}, {\"name\": \"web\", \"interface_name\": \"eth1\"}]", "$.networks names network 'web' twice; a container joins a network once")]
    [InlineData("networks", "{\"other\": {\"interface_name\": \"eth0\"}}", "$.network_info has no network 'other', which $.networks names")]
    [InlineData("network_info", "[]", "read request: $.network_info: the value is not an object")]
    [InlineData("network_info", "{\"web\": {\"name\": \"web\"}}", "must be given")]
    [InlineData("port_mappings", "[{\"host_port\": 8080}]", "container_port")]
    [InlineData("port_mappings", "[{\"container_port\": 70000}]", "$.port_mappings[0].container_port: the value is not a whole number from 0 to 65535")]
    [InlineData("port_mappings", "[{\"container_port\": 80, \"host_port\": 0}]", "host port 0 is not a port")]
    [InlineData("port_mappings", "[{\"container_port\": 80, \"host_port\": 80, \"protocol\": \"tcp,sctp\"}]", "ports of protocol 'sctp' cannot be published; only tcp and udp ports can")]
    [InlineData("port_mappings", "[{\"container_port\": 80, \"host_port\": 80, \"host_ip\": \"web\"}]", "'web' is not an IP address")]
    [InlineData("dns_servers", "[\"nobody\"]", "nobody")]
    public async Task Member_ThatIsWrong_IsNamed(string member, string value, string expected)
    {
        var container = Requests.Container();
        container[member] = JsonNode.Parse(value);
        await RefusedAsync(container, expected);
    }

    [Theory]
    [InlineData("container_id")]
    [InlineData("container_name")]
    [InlineData("networks")]
    [InlineData("network_info")]
    public async Task Member_ThatIsMissing_IsNamed(string member)
    {
        var container = Requests.Container();
        container.Remove(member);
        await RefusedAsync(container, "must be given");
    }

    [Theory]
    [InlineData("driver", "\"macvlan\"", "network 'web' is of driver 'macvlan'; Fairway does 'bridge' networks")]
    [InlineData("id", "\"web\"", "'web' is no id of a network; it has 64 hexadecimal digits")]
    [InlineData("subnets", "[]", "network 'web' has no subnet")]
    [InlineData("subnets", "null", "network 'web' has no subnet")]
    [InlineData("subnets", "[{\"subnet\": \"10.89.0.0\"}]", "'10.89.0.0' has no prefix length")]
    [InlineData("subnets", "[{\"subnet\": \"10.89.0.0/24\", \"gateway\": \"x\"}]", "'x' is not an IP address")]
    [InlineData("ipam_options", "{\"driver\": \"dhcp\"}", "network 'web' takes its addresses from 'dhcp'")]
    [InlineData("options", "{\"vlan\": \"9\"}", "network 'web' has the option vlan=9, which Fairway does not know; leave it out")]
    [InlineData("options", "{\"isolate\": \"false\"}", "Fairway's networks are always isolated from each other")]
    [InlineData("options", "{\"mtu\": \"big\"}", "network 'web' has mtu=big; it is a number of bytes")]
    [InlineData("routes", "[{\"destination\": \"10.0.0.0/8\", \"gateway\": \"10.89.0.9\"}]", "network 'web' has a static route by 10.89.0.9, which is not its gateway")]
    [InlineData("routes", "[{\"destination\": \"10.0.0.0\", \"gateway\": \"10.89.0.1\"}]", "10.0.0.0")]
    [InlineData("network_dns_servers", "[\"nobody\"]", "nobody")]
    public async Task Network_FairwayCannotMake_IsRefused_WithARemedy(string member, string value, string expected)
    {
        var container = Requests.Container();
        container["network_info"]!["web"]![member] = JsonNode.Parse(value);
        await RefusedAsync(container, expected);
    }

    [Theory]
    [InlineData("static_ips", "[\"10.89.0\"]", "'10.89.0' is not an IP address")]
    [InlineData("static_mac", "\"02:00\"", "'02:00' is no MAC; write it like 02:15:5d:01:02:03")]
    [InlineData("options", "{\"vlan\": \"9\"}", "with the option vlan=9, which Fairway does not know")]
    public async Task Option_ThatIsWrong_IsNamed(string member, string value, string expected)
    {
        var container = Requests.Container();
        container["networks"]!["web"]![member] = JsonNode.Parse(value);
        await RefusedAsync(container, expected);
    }

    [Fact]
    public async Task EverythingWrong_IsToldAtOnce()
    {
        var container = Requests.Container();
        container["network_info"]!["web"]!["driver"] = "ipvlan";
        container["port_mappings"]![0]!["protocol"] = "sctp";
        var error = (await Call.Async(_daemon, container.ToJsonString(), "setup", Requests.NetnsPath)).Failed();
        Assert.Contains("$.network_info.web.driver: ", error, StringComparison.Ordinal);
        Assert.Contains("$.port_mappings[0].protocol: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_OfANetworkThatIsNotPodmans_IsRefused()
    {
        _daemon.On("GET /v1/networks/web", Daemon.Network());
        var error = (await Call.Async(_daemon, "", "update", "web", "--network-dns-servers", "192.0.2.1,192.0.2.2")).Failed();
        Assert.Contains("update network 'web': it is Fairway's own", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatCannotBeRead_IsNamed() =>
        Assert.Contains("/nonexistent/request", (await Call.Async(_daemon, "", "--file", "/nonexistent/request", "setup", Requests.NetnsPath)).Failed(), StringComparison.Ordinal);

    private async Task RefusedAsync(JsonObject container, string expected)
    {
        Assert.Contains(expected, (await Call.Async(_daemon, container.ToJsonString(), "setup", Requests.NetnsPath)).Failed(), StringComparison.Ordinal);
        Assert.Empty(_daemon.Calls);
    }
}
