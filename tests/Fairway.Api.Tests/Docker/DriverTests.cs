using System.Net;

namespace Fairway.Api.Tests.Docker;

/// <summary>The calls of libnetwork in the order it makes them, once, twice, and in no order at all.</summary>
public sealed class DriverTests : IAsyncLifetime
{
    private const string Ids = $"\"NetworkID\":\"{PluginFixture.NetworkId}\",\"EndpointID\":\"{PluginFixture.EndpointId}\"";
    private readonly PluginFixture _docker = new();

    public ValueTask InitializeAsync() => _docker.InitializeAsync();

    public ValueTask DisposeAsync() => _docker.DisposeAsync();

    [Fact]
    public async Task Activation_NamesBothDrivers_AndTheirScope()
    {
        Assert.Equal("""["NetworkDriver","IpamDriver"]""", (await _docker.DoAsync("Plugin.Activate")).GetProperty("Implements").ToString());
        Assert.Equal("local", (await _docker.DoAsync("NetworkDriver.GetCapabilities")).GetProperty("Scope").GetString());
        Assert.False((await _docker.DoAsync("IpamDriver.GetCapabilities")).GetProperty("RequiresRequestReplay").GetBoolean());
        Assert.Equal("fairway", (await _docker.DoAsync("IpamDriver.GetDefaultAddressSpaces")).GetProperty("LocalDefaultAddressSpace").GetString());
    }

    [Fact]
    public async Task Container_LivesAndGoes_EveryCallTwice()
    {
        await _docker.CreateNetworkAsync();
        await _docker.CreateNetworkAsync();
        var made = (await _docker.CreateEndpointAsync()).GetProperty("Interface");
        Assert.False(made.TryGetProperty("Address", out _));
        Assert.Equal(made.GetProperty("MacAddress").GetString(), (await _docker.CreateEndpointAsync()).GetProperty("Interface").GetProperty("MacAddress").GetString());
        for (var i = 0; i < 2; i++)
        {
            var joined = await _docker.DoAsync("NetworkDriver.Join", "{" + Ids + ""","SandboxKey":"/var/run/docker/netns/1","Options":{}}""");
            Assert.Equal("fwibbbbbbbbbbbb", joined.GetProperty("InterfaceName").GetProperty("SrcName").GetString());
            Assert.Equal(("10.70.0.1", "", true), (joined.GetProperty("Gateway").GetString(), joined.GetProperty("GatewayIPv6").GetString(), joined.GetProperty("DisableGatewayService").GetBoolean()));
            await _docker.DoAsync("NetworkDriver.ProgramExternalConnectivity",
                "{" + Ids + ""","Options":{"com.docker.network.portmap":[{"Proto":6,"IP":"","Port":80,"HostIP":"","HostPort":8080,"HostPortEnd":8080},{"Proto":6,"Port":81,"HostPort":8081,"HostPortEnd":8081},{"Proto":17,"Port":53,"HostPort":0,"HostPortEnd":0}]}}""");
            Assert.Equal(2, _docker.Engine.Networking.Endpoints[0].Spec.Publications.Length);
        }
        foreach (var method in (string[])["RevokeExternalConnectivity", "Leave", "DeleteEndpoint"])
        {
            await _docker.DoAsync($"NetworkDriver.{method}", $"{{{Ids}}}");
            await _docker.DoAsync($"NetworkDriver.{method}", $"{{{Ids}}}");
        }
        for (var i = 0; i < 2; i++)
            await _docker.DoAsync("NetworkDriver.DeleteNetwork", $$"""{"NetworkID":"{{PluginFixture.NetworkId}}"}""");
        Assert.Equal("", _docker.State());
        Assert.Empty(_docker.Engine.Kernel.Endpoints);
    }

    [Fact]
    public async Task WithoutAnIpamDriver_AddressesAreOurs()
    {
        await _docker.DoAsync("NetworkDriver.CreateNetwork",
            $$$"""{"NetworkID":"{{{PluginFixture.NetworkId}}}","Options":{"com.docker.network.generic":{"fairway.mtu":"1400"}},"IPv4Data":[{"AddressSpace":"null","Pool":"0.0.0.0/0","Gateway":""}],"IPv6Data":[]}""");
        var made = (await _docker.CreateEndpointAsync("")).GetProperty("Interface");
        Assert.Matches("^10\\.208\\.0\\.[0-9]+/20$", made.GetProperty("Address").GetString()!);
        Assert.Contains("/64", made.GetProperty("AddressIPv6").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ipam_OffersPoolsAndAddresses_AsDockerAsks()
    {
        var first = (await _docker.DoAsync("IpamDriver.RequestPool", """{"AddressSpace":"fairway","Pool":"","SubPool":"","Options":{},"V6":false}""")).GetProperty("PoolID").GetString()!;
        var second = (await _docker.DoAsync("IpamDriver.RequestPool", """{"AddressSpace":"fairway","Pool":"","SubPool":"","Options":null,"V6":false}""")).GetProperty("PoolID").GetString()!;
        Assert.NotEqual(first, second);
        Assert.Equal("10.208.0.1/20", await AddressAsync(first, "", gateway: true));
        Assert.Equal("10.208.0.9/20", await AddressAsync(first, "10.208.0.9", gateway: false));
        await _docker.DoAsync("NetworkDriver.CreateNetwork",
            $$$"""{"NetworkID":"{{{PluginFixture.NetworkId}}}","Options":{},"IPv4Data":[{"AddressSpace":"fairway","Pool":"{{{first}}}","Gateway":"10.208.0.1/20","AuxAddresses":{"nas":"10.208.0.9/20"}}],"IPv6Data":[]}""");
        var one = await AddressAsync(first, "", gateway: false);
        Assert.NotEqual(one, await AddressAsync(first, "", gateway: false));
        await _docker.CreateEndpointAsync(one);
        Assert.Contains("is taken by endpoint", await RefusalAsync("IpamDriver.RequestAddress", $$"""{"PoolID":"{{first}}","Address":"{{one.Split('/')[0]}}"}""", "Error"), StringComparison.Ordinal);
        await _docker.DoAsync("IpamDriver.ReleaseAddress", $$"""{"PoolID":"{{first}}","Address":"{{one.Split('/')[0]}}"}""");
        await _docker.DoAsync("IpamDriver.ReleasePool", $$"""{"PoolID":"{{second}}"}""");
        await _docker.DoAsync("IpamDriver.ReleasePool", $$"""{"PoolID":"{{second}}"}""");
    }

    [Fact]
    public async Task Network_SurvivesARestartOfTheDaemon()
    {
        await _docker.CreateNetworkAsync();
        await _docker.CreateEndpointAsync();
        await _docker.Engine.RestartAsync();
        Assert.Equal(PluginFixture.NetworkId, _docker.Engine.Networking.Networks[0].Spec.EngineNetworks[0].Id);
        Assert.Single(_docker.Engine.Kernel.Endpoints);
    }

    private async Task<string> AddressAsync(string pool, string address, bool gateway)
    {
        var options = gateway ? """{"RequestAddressType":"com.docker.network.gateway"}""" : "null";
        return (await _docker.DoAsync("IpamDriver.RequestAddress", $$"""{"PoolID":"{{pool}}","Address":"{{address}}","Options":{{options}}}""")).GetProperty("Address").GetString()!;
    }

    private async Task<string> RefusalAsync(string method, string body, string member)
    {
        var (status, answer) = await _docker.PostAsync(method, body);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer.GetProperty(member).GetString()!;
    }
}
