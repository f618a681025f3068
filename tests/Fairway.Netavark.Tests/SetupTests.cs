using System.Text.Json.Nodes;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Netavark.Tests.Fixtures;

namespace Fairway.Netavark.Tests;

public sealed class SetupTests : IAsyncDisposable
{
    private readonly FakeDaemon _daemon = new FakeDaemon().On(Daemon.Attach, Daemon.Attached()).On(Daemon.Detach);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task Setup_AsksForWhatPodmanSaid_AndAnswersTheStatus()
    {
        var status = (await SetupAsync(Requests.Container())).Succeeded().GetProperty("web");
        var request = Attach();
        Assert.Equal((Requests.FairwayId, Requests.NetnsPath, "eth0"), (request.Network, request.NetnsPath, request.InterfaceName));
        Assert.Equal(["10.89.0.7"], request.Addresses.Select(address => address.ToString()));
        Assert.Equal("02:00:00:00:00:77", request.MacAddress.ToString());
        Assert.Equal(["api", "c58ef7d4387e"], request.Aliases);
        Assert.Equal(("podman", Requests.ContainerId, "c1"), (request.Owner!.Engine, request.Owner.Id, request.Owner.Name));
        Assert.Equal("8080:80", PublicationText.Format(Assert.Single(request.Publish)));

        var inside = status.GetProperty("interfaces").GetProperty("eth0");
        Assert.Equal("02:00:00:00:00:77", inside.GetProperty("mac_address").GetString());
        Assert.Equal("""[{"ipnet":"10.89.0.7/24","gateway":"10.89.0.1"}]""", inside.GetProperty("subnets").GetRawText());
        Assert.Equal("""["10.89.0.1"]""", status.GetProperty("dns_server_ips").GetRawText());
        Assert.Equal("""["dns.podman"]""", status.GetProperty("dns_search_domains").GetRawText());
        Assert.Equal([Daemon.Attach], _daemon.Calls);
    }

    [Fact]
    public async Task NameServers_OfTheContainerAndTheNetwork_AreHandedOn()
    {
        var container = Requests.Container();
        container["dns_servers"] = new JsonArray("192.0.2.1");
        container["network_info"]!["web"]!["network_dns_servers"] = new JsonArray("192.0.2.2", "192.0.2.3");
        RefuseFirst();
        _daemon.On(Daemon.CreateNetwork, Daemon.Network());
        (await SetupAsync(container)).Succeeded();
        Assert.Equal(["192.0.2.1"], Attach().Dns.Servers);
        Assert.Equal(["192.0.2.2", "192.0.2.3"], FairwayJson.Deserialize<NetworkSpec>(_daemon.BodyOf(Daemon.CreateNetwork)).Dns.Servers);
    }

    [Fact]
    public async Task StaticRoutes_ByTheNetworksGateway_AreHandedOn()
    {
        var container = Requests.Container();
        container["network_info"]!["web"]!["routes"] = JsonNode.Parse("""[{"destination": "10.9.0.0/16", "gateway": "10.89.0.1"}, {"destination": "10.8.0.0/16", "gateway": "10.89.0.1", "metric": 7}]""");
        (await SetupAsync(container)).Succeeded();
        Assert.Equal([("10.9.0.0/16", 100u), ("10.8.0.0/16", 7u)], Attach().Routes.Select(route => (route.Destination.ToString(), route.Metric!.Value)));
    }

    [Theory]
    [InlineData("192.0.2.1,192.0.2.2")]
    [InlineData("")]
    public async Task Update_ReplacesTheNetworksServers(string servers)
    {
        var network = Daemon.Network();
        network = network with { Spec = network.Spec with { Transient = true, Dns = new DnsSettings("dns.podman", ["dns.podman"], ["192.0.2.9"]) } };
        _daemon.On("GET /v1/networks/web", network).On($"POST /v1/networks/{Requests.FairwayId}/dns", network);
        (await Call.Async(_daemon, "", "update", "web", "--network-dns-servers", servers)).Succeeded();
        var settings = FairwayJson.Deserialize<DnsSettings>(_daemon.BodyOf($"POST /v1/networks/{Requests.FairwayId}/dns"));
        Assert.Equal((servers, "dns.podman"), (string.Join(',', settings.Servers), settings.Domain));
    }

    [Fact]
    public async Task Update_OfANetworkNobodyIsOn_IsNothing()
    {
        _daemon.Refuses("GET /v1/networks/web", Daemon.NoNetwork(), 404);
        (await Call.Async(_daemon, "", "update", "web", "--network-dns-servers", "192.0.2.1")).Succeeded();
    }

    [Fact]
    public async Task Setup_OnANetworkFairwayDoesNotKnow_MakesItFirst()
    {
        RefuseFirst();
        _daemon.On(Daemon.CreateNetwork, Daemon.Network());
        (await SetupAsync(Requests.Container())).Succeeded();
        Assert.Equal([Daemon.Attach, Daemon.CreateNetwork, Daemon.Attach], _daemon.Calls);
        var spec = FairwayJson.Deserialize<NetworkSpec>(_daemon.BodyOf(Daemon.CreateNetwork));
        Assert.Equal((Guid.Parse(Requests.FairwayId), "web", NetworkType.Nat, true), (spec.Id, spec.Name, spec.Type, spec.Transient));
        Assert.Equal(("10.89.0.0/24", "10.89.0.1"), (spec.Subnets[0].Prefix.ToString(), spec.Subnets[0].Gateway!.ToString()));
        Assert.Equal("dns.podman", spec.Dns.Domain);
    }

    [Fact]
    public async Task Setup_WhenAnotherContainerMadeTheNetworkMeanwhile_GoesOn()
    {
        RefuseFirst();
        _daemon.Refuses(Daemon.CreateNetwork, new FairwayException(ErrorKind.AlreadyExists, "network 'web'", "exists"), 409).On("GET /v1/networks/web", Daemon.Network());
        (await SetupAsync(Requests.Container())).Succeeded();
    }

    [Fact]
    public async Task Setup_WhenTheNameIsAnotherNetworks_SaysHowToJoinIt()
    {
        RefuseFirst();
        var stranger = Daemon.Network() with { Spec = Daemon.Network().Spec with { Id = Guid.NewGuid() } };
        _daemon.Refuses(Daemon.CreateNetwork, new FairwayException(ErrorKind.AlreadyExists, "network 'web'", "exists"), 409).On("GET /v1/networks/web", stranger);
        var error = (await SetupAsync(Requests.Container())).Failed();
        Assert.Equal("network 'web' exists in Fairway and is not this one of Podman's; to join it, create Podman's with --label fairway.network=web, else choose another name", error);
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("options")]
    public async Task Setup_OfANetworkThatJoinsAnother_NamesThat_AndMakesNone(string where)
    {
        var container = Requests.Container();
        container["network_info"]!["web"]![where] = new JsonObject { ["fairway.network"] = "shared" };
        (await SetupAsync(container)).Succeeded();
        Assert.Equal("shared", Attach().Network);
        _daemon.Refuses(Daemon.Attach, Daemon.NoNetwork(), 404);
        (await SetupAsync(container)).Failed();
        Assert.DoesNotContain(Daemon.CreateNetwork, _daemon.Calls);
    }

    [Fact]
    public async Task Setup_OfAnInternalNetwork_GivesItsResolverTheLastAddress_WherePodmanHasNoGateway()
    {
        RefuseFirst();
        _daemon.On(Daemon.CreateNetwork, Daemon.Network(NetworkType.Internal));
        var container = Requests.Container();
        var network = container["network_info"]!["web"]!;
        network["internal"] = true;
        network["subnets"]![0]!["gateway"] = null;
        network["subnets"]![0]!["lease_range"] = new JsonObject { ["start_ip"] = "10.89.0.8" };
        (await SetupAsync(container)).Succeeded();
        var spec = FairwayJson.Deserialize<NetworkSpec>(_daemon.BodyOf(Daemon.CreateNetwork));
        Assert.Equal((NetworkType.Internal, "10.89.0.254"), (spec.Type, spec.Subnets[0].Gateway!.ToString()));
    }

    [Fact]
    public async Task Setup_WhereNamesAreOff_GivesNone()
    {
        var container = Requests.Container();
        container["network_info"]!["web"]!["dns_enabled"] = false;
        var status = (await SetupAsync(container)).Succeeded().GetProperty("web");
        Assert.Equal("[]", status.GetProperty("dns_server_ips").GetRawText());
        Assert.Equal("[]", status.GetProperty("dns_search_domains").GetRawText());
        Assert.Empty(Attach().Aliases);
    }

    [Fact]
    public async Task Setup_OfTwoNetworks_TakesTheInterfacesInOrder_AndPublishesOnTheOneWithAWayIn()
    {
        var container = TwoNetworks();
        container["network_info"]!["db"]!["internal"] = true;
        container["networks"]!["db"]!["interface_name"] = "eth0";
        container["networks"]!["web"]!["interface_name"] = "eth1";
        _daemon.On(Daemon.Attach, request => FakeDaemon.Answer.Of(Daemon.Attached(FairwayJson.Deserialize<AttachRequest>(request.Body).InterfaceName), 200));
        var statuses = (await SetupAsync(container)).Succeeded();
        Assert.Equal(["db", "web"], statuses.EnumerateObject().Select(status => status.Name));
        Assert.Equal([("eth0", 0), ("eth1", 1)], Attaches().Select(request => (request.InterfaceName, request.Publish.Length)));
    }

    [Fact]
    public async Task Setup_OfAnArrayOfNetworks_KeepsItsOrder()
    {
        var container = TwoNetworks();
        var networks = container["networks"]!.AsObject();
        var (web, db) = (networks["web"]!.DeepClone().AsObject(), networks["db"]!.DeepClone().AsObject());
        (web["name"], db["name"]) = ("web", "db");
        web["interface_name"] = "eth5";
        container["networks"] = new JsonArray(web, db);
        _daemon.On(Daemon.Attach, request => FakeDaemon.Answer.Of(Daemon.Attached(FairwayJson.Deserialize<AttachRequest>(request.Body).InterfaceName), 200));
        (await SetupAsync(container)).Succeeded();
        Assert.Equal(["eth5", "eth1"], Attaches().Select(request => request.InterfaceName));
    }

    [Fact]
    public async Task Setup_WhenTheSecondNetworkIsRefused_TakesBackTheFirst()
    {
        var container = TwoNetworks();
        _daemon.On(Daemon.Attach, request => FairwayJson.Deserialize<AttachRequest>(request.Body).InterfaceName == "eth0"
            ? FakeDaemon.Answer.Of(Daemon.Attached(), 200)
            : FakeDaemon.Answer.Of(ErrorDocument.From(new FairwayException(ErrorKind.Conflict, "address 10.89.1.7", "address 10.89.1.7 is taken by endpoint 'db/c9'; choose another")), 409));
        Assert.Equal("address 10.89.1.7 is taken by endpoint 'db/c9'; choose another", (await SetupAsync(container)).Failed());
        var detached = _daemon.Requests.Where(request => request.Call == Daemon.Detach).Select(request => FairwayJson.Deserialize<DetachRequest>(request.Body).InterfaceName);
        Assert.Equal(["eth1", "eth0"], detached);
        Assert.Contains(Daemon.DeleteNetwork, _daemon.Calls);
    }

    [Fact]
    public async Task Setup_OfOneMoreNetwork_DoesNotPublishAgain()
    {
        var asked = 0;
        _daemon.WithSibling(Guid.NewGuid(), new PortPublication { HostPort = 8080, ContainerPort = 80 })
            .On(Daemon.Attach, _ => asked++ == 0 ? FakeDaemon.Answer.Of(ErrorDocument.From(Daemon.PortTaken()), 409) : FakeDaemon.Answer.Of(Daemon.Attached(), 200));
        (await SetupAsync(Requests.Container())).Succeeded();
        Assert.Empty(Attach().Publish);
    }

    [Fact]
    public async Task Setup_WhenThePortIsAnothersContainers_IsRefused()
    {
        _daemon.Refuses(Daemon.Attach, Daemon.PortTaken(), 409);
        Assert.Equal("publish 8080:80: taken", (await SetupAsync(Requests.Container())).Failed());
    }

    [Fact]
    public async Task Setup_AsAPlugin_AnswersOneStatus()
    {
        var status = (await SetupAsync(Requests.Plugin())).Succeeded();
        Assert.Equal(["dns_search_domains", "dns_server_ips", "interfaces"], status.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("8080:80", PublicationText.Format(Assert.Single(Attach().Publish)));
    }

    [Fact]
    public async Task Setup_WithoutADaemon_SaysSo_AndNothingElse()
    {
        var call = await Call.WithoutDaemonAsync(Requests.Container().ToJsonString(), "setup", Requests.NetnsPath);
        Assert.Contains("start fairwayd", call.Failed(), StringComparison.Ordinal);
        Assert.Equal("", call.Log);
    }

    [Theory]
    [InlineData("setup")]
    [InlineData("teardown")]
    public async Task Rootless_IsRefusedInOneSentence(string command)
    {
        var call = await Call.Async(_daemon, Requests.Container().ToJsonString(), "--rootless=true", command, Requests.NetnsPath);
        Assert.Equal("Fairway connects containers of root's Podman only: run podman as root, or set helper_binaries_dir in ~/.config/containers/containers.conf to the directory of Podman's own netavark", call.Failed());
        Assert.Empty(_daemon.Calls);
    }

    private static JsonObject TwoNetworks()
    {
        var container = Requests.Container();
        container["network_info"]!["db"] = Requests.Network("db", "bb9a6208869c230f5417270e9ece5244b86946601d5cfde92870a7aa6f8d07fc", "10.89.1");
        container["networks"]!["db"] = new JsonObject { ["interface_name"] = "eth1", ["static_ips"] = new JsonArray("10.89.1.7") };
        return container;
    }

    private void RefuseFirst()
    {
        var asked = 0;
        _daemon.On(Daemon.Attach, _ => asked++ == 0 ? FakeDaemon.Answer.Of(ErrorDocument.From(Daemon.NoNetwork()), 404) : FakeDaemon.Answer.Of(Daemon.Attached(), 200));
    }

    private Task<Call> SetupAsync(JsonObject request) => Call.Async(_daemon, request.ToJsonString(), "setup", Requests.NetnsPath);

    private AttachRequest Attach() => Attaches().Last();

    private IEnumerable<AttachRequest> Attaches() =>
        _daemon.Requests.Where(request => request.Call == Daemon.Attach).Select(request => FairwayJson.Deserialize<AttachRequest>(request.Body));
}
