using System.Net;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Requests;

namespace Fairway.Api.Tests.Hcn;

/// <summary>Load balancers as clients of Windows make them.</summary>
public sealed class HcnLoadBalancerTests : IAsyncLifetime
{
    private const string UnknownId = "11111111-2222-3333-4444-555555555555";

    private readonly ServerFixture _server = new();
    private Endpoint _endpoint = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.Engine.Networking.CreateNetworkAsync(new NetworkSpec { Name = "web" }, Cancellation);
        var path = _server.Engine.Kernel.AddNamespace("/proc/4242/ns/net");
        _endpoint = await _server.Engine.Networking.CreateEndpointAsync(new CreateEndpointRequest { Network = "web", Name = "a", NetnsPath = path }, Cancellation);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task LoadBalancer_IsCreatedFoundReplacedAndDeleted()
    {
        var created = await _server.SendAsync(HttpMethod.Post, "/hcn/v2/loadbalancers", Document("10.96.0.10"));
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created.Json.GetProperty("ID").GetString();
        Assert.Equal(created.Text, (await _server.SendAsync(HttpMethod.Get, $"/hcn/v2/loadbalancers/{id}")).Text);
        Assert.Single((await _server.SendAsync(HttpMethod.Get, "/hcn/v2/loadbalancers")).Json.EnumerateArray());
        Assert.Equal("10.96.0.10", _server.Engine.Kernel.Balancers.Values.Single().Services.Single().Frontend.ToString());

        var modified = await _server.SendAsync(HttpMethod.Post, $"/hcn/v2/loadbalancers/{id}/modify", Document("10.96.0.11"));
        Assert.Equal("""{"Success":true,"ErrorCode":0}""" + "\n", modified.Text);
        Assert.Equal("10.96.0.11", _server.Engine.Kernel.Balancers.Values.Single().Services.Single().Frontend.ToString());

        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync(HttpMethod.Delete, $"/hcn/v2/loadbalancers/{id}")).Status);
        Assert.Empty(_server.Engine.Kernel.Balancers);
        var gone = await _server.SendAsync(HttpMethod.Get, $"/hcn/v2/loadbalancers/{id}");
        Assert.Equal((HttpStatusCode.NotFound, $"LoadBalancer \"{id}\" not found", HcnErrorCode.ElementNotFound),
            (gone.Status, gone.Json.GetProperty("Error").GetString(), gone.Json.GetProperty("ErrorCode").GetUInt32()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"PortMappings":"80"}""")]
    [InlineData("""{"PortMappings":[{"Protocol":6,"InternalPort":70000,"ExternalPort":80}]}""")]
    [InlineData("""{"HostComputeEndpoints":[1],"PortMappings":[]}""")]
    [InlineData("""{"PortMappings":[{"Protocol":6,"InternalPort":80,"ExternalPort":80,"Flags":-1}]}""")]
    [InlineData("{}")]
    public async Task Document_Wrong_ChangesNothing(string body)
    {
        var answer = await _server.SendAsync(HttpMethod.Post, "/hcn/v2/loadbalancers", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.False(answer.Json.GetProperty("Success").GetBoolean());
        Assert.NotEmpty(answer.Json.GetProperty("Findings").EnumerateArray());
        Assert.Empty(_server.Engine.Networking.LoadBalancers);
    }

    [Fact]
    public async Task Backend_ThatDoesNotExist_IsNamedByItsMember()
    {
        var answer = await _server.SendAsync(HttpMethod.Post, "/hcn/v2/loadbalancers", Document("10.96.0.10").Replace(_endpoint.Spec.Id.ToString(), UnknownId, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NotFound, HcnErrorCode.EndpointNotFound, "$.HostComputeEndpoints[0]"),
            (answer.Status, answer.Json.GetProperty("ErrorCode").GetUInt32(), answer.Json.GetProperty("Findings")[0].GetProperty("Path").GetString()));
    }

    [Fact]
    public async Task V1_AddsAndRemovesBackends()
    {
        var created = await _server.SendAsync(HttpMethod.Post, "/v1/loadbalancers", """{"Name":"shop","Frontends":["10.96.0.10"],"Ports":[{"Port":80,"BackendPort":8080}]}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var added = await _server.SendAsync(HttpMethod.Post, "/v1/loadbalancers/shop/backends", """["web/a"]""");
        Assert.Equal(_endpoint.Spec.Id, added.Json.GetProperty("Spec").GetProperty("Backends")[0].GetGuid());
        await _server.SendAsync(HttpMethod.Delete, "/v1/loadbalancers/shop/backends", """["a"]""");
        Assert.Empty(_server.Engine.Networking.GetLoadBalancer("shop").Spec.Backends);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync(HttpMethod.Post, "/v1/loadbalancers/none/backends", """["a"]""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync(HttpMethod.Post, "/v1/loadbalancers/shop/backends", """["nobody"]""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.SendAsync(HttpMethod.Post, "/v1/loadbalancers", """{"Name":"x","Ports":[],"Colour":1}""")).Status);
    }

    private string Document(string frontend) =>
        $$$"""{"HostComputeEndpoints":["{{{_endpoint.Spec.Id}}}"],"FrontendVIPs":["{{{frontend}}}"],"PortMappings":[{"Protocol":6,"InternalPort":8080,"ExternalPort":80}],"SchemaVersion":{"Major":2,"Minor":0}}""";
}
