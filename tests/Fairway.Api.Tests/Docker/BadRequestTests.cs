using System.Net;
using System.Text;

namespace Fairway.Api.Tests.Docker;

/// <summary>Whatever is wrong with a request, the answer has the protocol's own form, and nothing changes.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private const string N = PluginFixture.NetworkId, E = PluginFixture.EndpointId, X = PluginFixture.OtherId;
    private readonly PluginFixture _docker = new();

    public async ValueTask InitializeAsync()
    {
        await _docker.InitializeAsync();
        await _docker.CreateNetworkAsync();
        await _docker.CreateEndpointAsync();
    }

    public ValueTask DisposeAsync() => _docker.DisposeAsync();

    public static TheoryData<string, string> Malformed()
    {
        var data = new TheoryData<string, string>();
        foreach (var method in (string[])["NetworkDriver.CreateNetwork", "NetworkDriver.DeleteNetwork", "NetworkDriver.CreateEndpoint", "NetworkDriver.DeleteEndpoint",
            "NetworkDriver.EndpointOperInfo", "NetworkDriver.Join", "NetworkDriver.Leave", "NetworkDriver.ProgramExternalConnectivity", "NetworkDriver.RevokeExternalConnectivity",
            "IpamDriver.RequestPool", "IpamDriver.ReleasePool", "IpamDriver.RequestAddress", "IpamDriver.ReleaseAddress"])
        {
            foreach (var body in (string[])["", "{", "[]", "null", "7", "\"text\"", "{\"NetworkID\":7,\"PoolID\":7,\"Pool\":7}", "{\"NetworkID\":null,\"PoolID\":null,\"Options\":7}", "{\"Options\":[1]}",
                "{\"NetworkID\":\"\\ud800\",\"PoolID\":\"\\ud800\",\"Pool\":\"\\ud800\"}", "\u00ff\u00fe", $"{{\"Options\":{new string('[', 100)}"])
                data.Add(method, body);
        }
        return data;
    }

    [Theory, MemberData(nameof(Malformed))]
    public async Task Malformed_IsAnsweredInForm_AndChangesNothing(string method, string body)
    {
        var before = _docker.State();
        var (status, answer) = await _docker.PostAsync(method, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEqual("", answer.GetProperty(method.StartsWith("Ipam", StringComparison.Ordinal) ? "Error" : "Err").GetString());
        Assert.Equal(before, _docker.State());
    }

    [Theory]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'short'}", "is no id of Docker's")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','IPv4Data':[{'Pool':'10.70.0.0/16','Gateway':'10.70.0.1/16'}]}", "overlaps")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','IPv4Data':[{'Pool':'ten','Gateway':''}]}", "'ten' is not a prefix")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','IPv4Data':[{'Pool':'fd00::/64'}]}", "of the other family")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','IPv4Data':[{'Pool':'10.71.0.0/24','AuxAddresses':{'a':'x'}}]}", "'x' is not an IP address")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','Options':{'com.docker.network.generic':{'a':'b'}}}", "option 'a' is not known")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','Options':{'com.docker.network.generic':{'fairway.mtu':7}}}", "is not a string")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','Options':{'com.docker.network.generic':7}}", "is not an object")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + X + "','Options':{'com.docker.network.internal':'yes'}}", "neither true nor false")]
    [InlineData("NetworkDriver.CreateNetwork", "{'NetworkID':'" + N + "','Options':{'com.docker.network.internal':true}}", "has this id already")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + X + "','EndpointID':'" + X + "'}", "is no network of Fairway's")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + N + "','EndpointID':'B" + "'}", "is no id of Docker's")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + N + "','EndpointID':'" + X + "','Interface':{'Address':'10.70.0.5/24'}}", "is taken by endpoint")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + N + "','EndpointID':'" + X + "','Interface':{'Address':'10.99.0.5/24'}}", "is in no subnet")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + N + "','EndpointID':'" + X + "','Interface':{'Address':'10.70.0.7/16'}}", "another prefix length")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + N + "','EndpointID':'" + X + "','Interface':{'MacAddress':'zz'}}", "is not a MAC address")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + N + "','EndpointID':'" + X + "','Options':{'fairway.speed':'high'}}", "option 'fairway.speed' is not known")]
    [InlineData("NetworkDriver.CreateEndpoint", "{'NetworkID':'" + N + "','EndpointID':'" + E + "','Interface':{'Address':'10.70.0.6/24'}}", "exists already")]
    [InlineData("NetworkDriver.EndpointOperInfo", "{'NetworkID':'" + N + "','EndpointID':'" + X + "'}", "has no endpoint")]
    [InlineData("NetworkDriver.Join", "{'NetworkID':'" + N + "','EndpointID':'" + X + "','SandboxKey':'/x'}", "has no endpoint")]
    [InlineData("NetworkDriver.Join", "{'NetworkID':'" + X + "','EndpointID':'" + E + "','SandboxKey':'/x'}", "is no network of Fairway's")]
    [InlineData("NetworkDriver.ProgramExternalConnectivity", "{'NetworkID':'" + N + "','EndpointID':'" + X + "'}", "has no endpoint")]
    [InlineData("NetworkDriver.ProgramExternalConnectivity", "{'NetworkID':'" + N + "','EndpointID':'" + E + "','Options':{'com.docker.network.portmap':[{'Proto':132,'Port':80,'HostPort':80}]}}", "use tcp or udp")]
    [InlineData("NetworkDriver.ProgramExternalConnectivity", "{'NetworkID':'" + N + "','EndpointID':'" + E + "','Options':{'com.docker.network.portmap':[{'Proto':6,'Port':80,'HostPort':80,'HostIP':'here'}]}}", "'here' is not an IP address")]
    [InlineData("NetworkDriver.ProgramExternalConnectivity", "{'NetworkID':'" + N + "','EndpointID':'" + E + "','Options':{'com.docker.network.portmap':[{'Proto':6,'Port':80,'HostPort':80},{'Proto':6,'Port':81,'HostPort':80}]}}", "claims host ports")]
    [InlineData("IpamDriver.RequestPool", "{'AddressSpace':'fairway-global'}", "not supported")]
    [InlineData("IpamDriver.RequestPool", "{'Pool':'10.1.2.3/24'}", "has host bits set")]
    [InlineData("IpamDriver.RequestPool", "{'Pool':'10.1.0.0/24','V6':true}", "of the other family")]
    [InlineData("IpamDriver.RequestPool", "{'SubPool':'10.1.0.0/24'}", "give --subnet too")]
    [InlineData("IpamDriver.RequestPool", "{'Pool':'10.70.0.0/24','SubPool':'10.70.0.0/25'}", "leave --ip-range out")]
    [InlineData("IpamDriver.RequestPool", "{'Options':{'fairway.network':'web'}}", "is not known")]
    [InlineData("IpamDriver.RequestAddress", "{'PoolID':'10.99.0.0/24'}", "is none of Fairway's")]
    [InlineData("IpamDriver.RequestAddress", "{'PoolID':'pool'}", "'pool' is not a prefix")]
    [InlineData("IpamDriver.RequestAddress", "{'PoolID':'10.70.0.0/24','Address':'10.71.0.1'}", "is not in pool")]
    [InlineData("IpamDriver.RequestAddress", "{'PoolID':'10.70.0.0/24','Address':'10.70.0.7','Options':{'RequestAddressType':'com.docker.network.gateway'}}", "is 10.70.0.1")]
    public async Task Wrong_IsRefusedInForm_AndChangesNothing(string method, string body, string error)
    {
        var before = _docker.State();
        var (_, answer) = await _docker.PostAsync(method, body.Replace('\'', '"'));
        Assert.Contains(error, answer.GetProperty(method.StartsWith("Ipam", StringComparison.Ordinal) ? "Error" : "Err").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, _docker.State());
    }

    [Theory]
    [InlineData("DeleteNetwork")]
    [InlineData("DeleteEndpoint")]
    [InlineData("Leave")]
    [InlineData("RevokeExternalConnectivity")]
    public async Task TakingDown_WhatIsNotThere_Succeeds_AndChangesNothing(string method)
    {
        var before = _docker.State();
        await _docker.DoAsync($"NetworkDriver.{method}", $$"""{"NetworkID":"{{X}}","EndpointID":"{{X}}"}""");
        Assert.Equal(before, _docker.State());
    }

    [Theory]
    [InlineData("NetworkDriver.AllocateNetwork", "Err")]
    [InlineData("IpamDriver.Forget", "Error")]
    [InlineData("VolumeDriver.Create", "Err")]
    public async Task UnknownMethod_IsNotFound(string method, string member)
    {
        var (status, answer) = await _docker.PostAsync(method, "{}");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("is no method", answer.GetProperty(member).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeBody_IsRefused()
    {
        var (status, answer) = await _docker.PostAsync("NetworkDriver.CreateNetwork", $"{{\"NetworkID\":\"{new string('a', ApiLimits.BodyBytes)}\"}}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("longer than", answer.GetProperty("Err").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatHangsUp_ChangesNothing_AndOthersAreServed()
    {
        var before = _docker.State();
        for (var i = 0; i < 20; i++)
        {
            using var socket = await _docker.ConnectAsync();
            await socket.SendAsync(Encoding.ASCII.GetBytes("POST /NetworkDriver.CreateEndpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"NetworkID\":"));
        }
        await _docker.DoAsync("Plugin.Activate");
        Assert.Equal(before, _docker.State());
    }
}
