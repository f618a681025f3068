using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Netavark.Tests.Fixtures;

namespace Fairway.Netavark.Tests;

public sealed class TeardownTests : IAsyncDisposable
{
    private readonly FakeDaemon _daemon = new FakeDaemon().On(Daemon.Detach);

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Fact]
    public async Task Teardown_DetachesTheInterface_AndSaysNothing()
    {
        Assert.Equal(default, (await TeardownAsync()).Succeeded());
        var request = FairwayJson.Deserialize<DetachRequest>(_daemon.BodyOf(Daemon.Detach));
        Assert.Equal(("podman", Requests.ContainerId, "eth0"), (request.Owner.Engine, request.Owner.Id, request.InterfaceName));
    }

    [Fact]
    public async Task Teardown_AsAPlugin_Likewise()
    {
        Assert.Equal(default, (await Call.Async(_daemon, Requests.Plugin().ToJsonString(), "teardown", "/run/netns/gone")).Succeeded());
        Assert.Contains(Daemon.Detach, _daemon.Calls);
    }

    [Fact]
    public async Task Teardown_OfANetworkFairwayWouldNotMake_IsNotRefused()
    {
        var container = Requests.Container();
        container["network_info"]!["web"]!["driver"] = "macvlan";
        (await Call.Async(_daemon, container.ToJsonString(), "teardown", Requests.NetnsPath)).Succeeded();
    }

    [Fact]
    public async Task Teardown_GoesOnAfterAFailure_AndTellsOfIt()
    {
        var container = Requests.Container();
        container["network_info"]!["db"] = Requests.Network("db", "bb9a6208869c230f5417270e9ece5244b86946601d5cfde92870a7aa6f8d07fc", "10.89.1");
        container["networks"]!["db"] = new System.Text.Json.Nodes.JsonObject { ["interface_name"] = "eth1" };
        _daemon.On(Daemon.Detach, request => request.Body.Contains("eth0", StringComparison.Ordinal)
            ? FakeDaemon.Answer.Of(ErrorDocument.From(new FairwayException(ErrorKind.Internal, "eth0", "the kernel keeps 'eth0'")), 500)
            : new FakeDaemon.Answer(204, "", []));
        Assert.Equal("the kernel keeps 'eth0'", (await Call.Async(_daemon, container.ToJsonString(), "teardown", Requests.NetnsPath)).Failed());
        Assert.Equal(2, _daemon.Calls.Count(call => call == Daemon.Detach));
    }

    [Theory]
    [InlineData(NetworkType.Nat, 1)]
    [InlineData(NetworkType.Internal, 0)]
    public async Task Teardown_OfTheNetworkWithThePorts_PublishesOnAnotherWithAWayIn(NetworkType other, int published)
    {
        var id = Guid.NewGuid();
        _daemon.WithSibling(id).On($"GET /v1/networks/{Requests.FairwayId}", Daemon.Network(other)).On($"POST /v1/endpoints/{id:D}/publications", Array.Empty<PortPublication>());
        (await TeardownAsync()).Succeeded();
        Assert.Equal(published, _daemon.Calls.Count(call => call == $"POST /v1/endpoints/{id:D}/publications"));
    }

    [Fact]
    public async Task Teardown_OfAnotherNetwork_LeavesThePortsWhereTheyAre()
    {
        var id = Guid.NewGuid();
        _daemon.WithSibling(id, new PortPublication { HostPort = 8080, ContainerPort = 80 });
        (await TeardownAsync()).Succeeded();
        Assert.DoesNotContain(_daemon.Calls, call => call.StartsWith("POST /v1/endpoints", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Teardown_WithoutADaemon_SaysSo() =>
        Assert.Contains("start fairwayd", (await Call.WithoutDaemonAsync(Requests.Container().ToJsonString(), "teardown", Requests.NetnsPath)).Failed(), StringComparison.Ordinal);

    private Task<Call> TeardownAsync() => Call.Async(_daemon, Requests.Container().ToJsonString(), "teardown", Requests.NetnsPath);
}
