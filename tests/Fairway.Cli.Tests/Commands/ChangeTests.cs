using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Json;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;

namespace Fairway.Cli.Tests.Commands;

/// <summary>Commands that change something: what they ask of the daemon, and what they say.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task NetworkCreate_AsksForWhatWasTyped()
    {
        await using var daemon = Sample.Daemon().On("POST /v1/networks", Sample.Web, 201);
        var run = await CommandRun.Async(daemon, "network", "create", "web", "--subnet", "10.20.0.0/24", "--subnet", "fd20::/64", "--gateway", "fd20::1", "--mtu", "1400");
        Assert.Equal("created network 'web' (nat): 10.20.0.0/24, fd20::/64\n", run.Succeeded());
        var spec = FairwayJson.Deserialize<NetworkSpec>(daemon.BodyOf("POST /v1/networks"));
        Assert.Equal(("web", NetworkType.Nat, 1400), (spec.Name, spec.Type, spec.Mtu!.Value));
        Assert.Equal(["10.20.0.0/24 ", "fd20::/64 fd20::1"], spec.Subnets.Select(subnet => $"{subnet.Prefix} {subnet.Gateway}"));
    }

    [Theory]
    [InlineData("--internal", NetworkType.Internal)]
    [InlineData("--type=internal", NetworkType.Internal)]
    [InlineData("--type=Private", NetworkType.Private)]
    [InlineData("--type=l2bridge", NetworkType.L2Bridge)]
    public async Task NetworkCreate_OfEachType_AsksForIt(string option, NetworkType type)
    {
        await using var daemon = Sample.Daemon().On("POST /v1/networks", Sample.Db, 201);
        (await CommandRun.Async(daemon, "network", "create", "db", option)).Succeeded();
        Assert.Equal(type, FairwayJson.Deserialize<NetworkSpec>(daemon.BodyOf("POST /v1/networks")).Type);
    }

    [Fact]
    public async Task NamespaceCreate_MakesOneOrTakesOneIn()
    {
        await using var daemon = Sample.Daemon().On("POST /v1/namespaces", Sample.C1, 201);
        Assert.Equal("created namespace 'c1' at /run/netns/fairway-c1\n", (await CommandRun.Async(daemon, "namespace", "create", "c1")).Succeeded());
        Assert.Null(FairwayJson.Deserialize<NamespaceSpec>(daemon.BodyOf("POST /v1/namespaces")).Path);
        (await CommandRun.Async(daemon, "namespace", "create", "lab", "--netns", "relative/path")).Succeeded();
        var spec = FairwayJson.Deserialize<NamespaceSpec>(daemon.BodyOf("POST /v1/namespaces"));
        Assert.Equal(("lab", Path.GetFullPath("relative/path")), (spec.Name, spec.Path));
    }

    [Fact]
    public async Task EndpointCreate_AsksForWhatWasTyped()
    {
        await using var daemon = Sample.Daemon().On("POST /v1/endpoints", Sample.WebC1, 201);
        var run = await CommandRun.Async(daemon, "endpoint", "create", "c1", "--network", "web", "--namespace", "c1", "--ifname", "eth1", "--ip", "10.20.0.2",
            "--ip", "fd20::2", "--mac", "02-15-5D-00-00-02", "--publish", "8080:80", "--publish", "[::1]:9000-9010:8000-8010/udp", "--publish-from", "192.0.2.0/24",
            "--alias", "www", "--alias", "site");
        Assert.Equal("created endpoint 'c1' on network 'web': 10.20.0.2, fd20::2, eth0 in namespace 'c1', ports 8080->80/tcp, [::1]:9000-9010->8000-8010/udp\n", run.Succeeded());
        var asked = FairwayJson.ReadRequest<CreateEndpointRequest>(System.Text.Encoding.UTF8.GetBytes(daemon.BodyOf("POST /v1/endpoints")));
        Assert.Equal(("c1", "web", "c1", "eth1", "02:15:5d:00:00:02"), (asked.Name, asked.Network, asked.Namespace, asked.InterfaceName, asked.MacAddress.ToString()));
        Assert.Equal(["10.20.0.2", "fd20::2"], asked.Addresses.Select(address => address.ToString()));
        Assert.Equal([(8080, 80, 1, TransportProtocol.Tcp), (9000, 8000, 11, TransportProtocol.Udp)],
            asked.Publications.Select(p => ((int)p.HostPort, (int)p.ContainerPort, p.Count, p.Protocol)));
        Assert.All(asked.Publications, p => Assert.Equal("192.0.2.0/24", p.From.Single().ToString()));
        Assert.Equal(["www", "site"], asked.Aliases);
    }

    [Fact]
    public async Task EndpointCreate_WithLimits_AsksForThem_OrSaysWhatIsWrong()
    {
        await using var daemon = Sample.Daemon().On("POST /v1/endpoints", Sample.WebC1, 201);
        (await CommandRun.Async(daemon, "endpoint", "create", "c1", "--network", "web", "--limit-in", "100mbit", "--limit-out", "1.5gbit")).Succeeded();
        var asked = FairwayJson.ReadRequest<CreateEndpointRequest>(System.Text.Encoding.UTF8.GetBytes(daemon.BodyOf("POST /v1/endpoints")));
        Assert.Equal(new BandwidthLimits { IncomingRate = 100_000_000, OutgoingRate = 1_500_000_000 }, asked.Bandwidth);
        var refused = await CommandRun.Async(daemon, "endpoint", "create", "c1", "--network", "web", "--limit-in", "fast");
        Assert.Contains("'fast' is not a rate", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndpointCreate_OfTheLeast_LeavesTheRestToTheDaemon()
    {
        await using var daemon = Sample.Daemon().On("POST /v1/endpoints", Sample.WebSpare, 201);
        var run = await CommandRun.Async(daemon, "endpoint", "create", "--network", "web");
        Assert.Equal("created endpoint 'spare' on network 'web': 10.20.0.3\n", run.Succeeded());
        var asked = FairwayJson.Deserialize<CreateEndpointRequest>(daemon.BodyOf("POST /v1/endpoints"));
        Assert.Equal(new CreateEndpointRequest { Network = "web", Addresses = asked.Addresses, Publications = asked.Publications, Aliases = asked.Aliases }, asked);
        Assert.Empty(asked.Addresses);
    }

    [Fact]
    public async Task EndpointAttachAndDetach_AskForIt()
    {
        await using var daemon = Sample.Daemon()
            .On("POST /v1/endpoints/c1/attach", Sample.WebC1)
            .On("POST /v1/endpoints/c1/detach", Sample.WebC1 with { Spec = Sample.WebC1.Spec with { NamespaceId = null }, State = EndpointState.Detached });
        var attach = await CommandRun.Async(daemon, "endpoint", "attach", "c1", "c1", "--ifname", "eth7");
        Assert.StartsWith("attached endpoint 'c1' on network 'web': 10.20.0.2, fd20::2, eth0 in namespace 'c1'", attach.Succeeded(), StringComparison.Ordinal);
        var asked = FairwayJson.Deserialize<AttachEndpointRequest>(daemon.BodyOf("POST /v1/endpoints/c1/attach"));
        Assert.Equal(new AttachEndpointRequest { Namespace = "c1", InterfaceName = "eth7" }, asked);
        (await CommandRun.Async(daemon, "endpoint", "attach", "c1", "--netns", "/proc/4711/ns/net")).Succeeded();
        Assert.Equal("/proc/4711/ns/net", FairwayJson.Deserialize<AttachEndpointRequest>(daemon.BodyOf("POST /v1/endpoints/c1/attach")).NetnsPath);
        var detach = await CommandRun.Async(daemon, "endpoint", "detach", "c1");
        Assert.StartsWith("detached endpoint 'c1' on network 'web': 10.20.0.2, fd20::2, ports", detach.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortPublish_SaysWhichPortWasChosen()
    {
        var id = Sample.WebC1.Spec.Id;
        await using var daemon = Sample.Daemon()
            .On<IReadOnlyList<PortPublication>>($"POST /v1/endpoints/{id}/publications", [new PortPublication { HostPort = 41234, ContainerPort = 443 }]);
        var run = await CommandRun.Async(daemon, "port", "publish", "c1", "0:443", "--publish-from", "192.0.2.0/24");
        Assert.Equal("published 41234->443/tcp of endpoint 'c1'\n", run.Succeeded());
        var asked = Assert.Single(FairwayJson.Deserialize<PortPublication[]>(daemon.BodyOf($"POST /v1/endpoints/{id}/publications")));
        Assert.Equal((0, 443, "192.0.2.0/24"), (asked.HostPort, asked.ContainerPort, asked.From.Single().ToString()));
    }

    [Theory]
    [InlineData("8080", "8080->80/tcp", null, 8080, 1)]
    [InlineData("9000/udp", "[::1]:9000-9010->8000-8010/udp", "::1", 9000, 11)]
    [InlineData("[::1]:9000-9010/udp", "[::1]:9000-9010->8000-8010/udp", "::1", 9000, 11)]
    public async Task PortUnpublish_FindsThePublicationByItsHostSide(string typed, string arrow, string? address, int port, int count)
    {
        var id = Sample.WebC1.Spec.Id;
        await using var daemon = Sample.Daemon().On($"DELETE /v1/endpoints/{id}/publications");
        var run = await CommandRun.Async(daemon, "port", "unpublish", "c1", typed);
        Assert.Equal($"withdrew {arrow} of endpoint 'c1'\n", run.Succeeded());
        var asked = Assert.Single(FairwayJson.Deserialize<PortPublication[]>(daemon.BodyOf($"DELETE /v1/endpoints/{id}/publications")));
        Assert.Equal((address, port, count), (asked.HostAddress?.ToString(), asked.HostPort, asked.Count));
    }

    [Fact]
    public async Task PortList_OfOneEndpoint_LeavesOutTheOthers()
    {
        await using var daemon = Sample.Daemon();
        Assert.Equal("HOST  PROTOCOL  ENDPOINT  PORT  FROM\n", (await CommandRun.Async(daemon, "port", "list", "main")).Succeeded());
        Assert.Contains("*:8080", (await CommandRun.Async(daemon, "port", "list", "c1")).Succeeded(), StringComparison.Ordinal);
    }
}
