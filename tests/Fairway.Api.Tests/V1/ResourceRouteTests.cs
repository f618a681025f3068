using System.Net;
using System.Text.Json;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Json;
using Fairway.Model.Statistics;

namespace Fairway.Api.Tests.V1;

public sealed class ResourceRouteTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Network_Created_IsListedShownAndDeleted()
    {
        var created = await PostAsync("/v1/networks", """{"Name":"web","Subnets":[{"Prefix":"10.1.0.0/24"}]}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("10.1.0.0/24", created.Json.GetProperty("Spec").GetProperty("Subnets")[0].GetProperty("Prefix").GetString());

        var list = await GetAsync("/v1/networks");
        Assert.Equal(created.Text.TrimEnd(), list.Json[0].GetRawText());
        Assert.Equal(created.Text, (await GetAsync("/v1/networks/web")).Text);
        Assert.Equal(created.Text, (await GetAsync($"/v1/networks/{created.Json.GetProperty("Spec").GetProperty("Id").GetString()}")).Text);

        var deleted = await DeleteAsync("/v1/networks/web");
        Assert.Equal((HttpStatusCode.NoContent, ""), (deleted.Status, deleted.Text));
        Assert.Equal("[]\n", (await GetAsync("/v1/networks")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await DeleteAsync("/v1/networks/web")).Status);
    }

    [Fact]
    public async Task Network_WithEndpoints_IsNotDeleted()
    {
        await PostAsync("/v1/networks", """{"Name":"web"}""");
        await PostAsync("/v1/endpoints", """{"Network":"web","Name":"db"}""");

        var refused = await DeleteAsync("/v1/networks/web");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("delete network 'web': it has the endpoint 'db'; delete it first", refused.Json.GetProperty("Error").GetString());
    }

    [Fact]
    public async Task Namespace_IsFoundByNameAndByPath()
    {
        var created = await PostAsync("/v1/namespaces", """{"Name":"c1"}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);

        Assert.Equal(created.Text, (await GetAsync("/v1/namespaces/c1")).Text);
        Assert.Equal(created.Text, (await GetAsync("/v1/namespaces/%2Frun%2fnetns%2Ffairway-c1")).Text);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync("/v1/namespaces/c1")).Status);
        Assert.Equal("[]\n", (await GetAsync("/v1/namespaces")).Text);
    }

    [Fact]
    public async Task Endpoint_IsFoundByNetworkAndName()
    {
        await PostAsync("/v1/networks", """{"Name":"web"}""");
        var created = await PostAsync("/v1/endpoints", """{"Network":"web","Name":"db","Aliases":["sql"],"MacAddress":"02-15-5D-00-00-07"}""");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("02:15:5d:00:00:07", created.Json.GetProperty("MacAddress").GetString());
        Assert.Equal(created.Text, (await GetAsync("/v1/endpoints/web%2Fdb")).Text);
        Assert.Single((await GetAsync("/v1/endpoints")).Json.EnumerateArray());
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync("/v1/endpoints/db")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/v1/endpoints/db")).Status);
    }

    [Theory]
    [InlineData("""{"Namespace":"c1","InterfaceName":"eth7"}""")]
    [InlineData("""{"NetnsPath":"/run/netns/fairway-c1","InterfaceName":"eth7"}""")]
    public async Task Endpoint_Attached_HasItsInterface_UntilDetached(string request)
    {
        await CreateEndpointAsync();
        await PostAsync("/v1/namespaces", """{"Name":"c1"}""");

        var attached = await PostAsync("/v1/endpoints/db/attach", request);
        Assert.Equal(HttpStatusCode.OK, attached.Status);
        Assert.Equal("Attached", attached.Json.GetProperty("State").GetString());
        Assert.Equal("eth7", attached.Json.GetProperty("Spec").GetProperty("InterfaceName").GetString());

        var detached = await PostAsync("/v1/endpoints/db/detach", null);
        Assert.Equal("Detached", detached.Json.GetProperty("State").GetString());
    }

    [Theory]
    [InlineData("{}", "$.Namespace")]
    [InlineData("""{"Namespace":"c1","NetnsPath":"/run/netns/fairway-c1"}""", "$.NetnsPath")]
    public async Task Endpoint_AttachedToNothingOrTwoThings_IsRefused(string request, string path)
    {
        await CreateEndpointAsync();

        var refused = await PostAsync("/v1/endpoints/db/attach", request);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(path, refused.Json.GetProperty("Findings")[0].GetProperty("Path").GetString());
    }

    [Fact]
    public async Task Publications_AreAddedListedAndWithdrawn()
    {
        await CreateEndpointAsync();

        var added = await PostAsync("/v1/endpoints/db/publications", """[{"HostPort":8080,"ContainerPort":80},{"Protocol":"Udp","HostPort":0,"ContainerPort":53}]""");
        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal([8080, 20000], added.Json.EnumerateArray().Select(publication => publication.GetProperty("HostPort").GetInt32()));

        var listed = (await GetAsync("/v1/publications")).Json;
        Assert.Equal(["web/db 8080", "web/db 20000"], listed.EnumerateArray().Select(Describe));

        var withdrawn = await DeleteAsync("/v1/endpoints/db/publications", """[{"HostPort":8080,"ContainerPort":80}]""");
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.Status);
        Assert.Equal(["web/db 20000"], (await GetAsync("/v1/publications")).Json.EnumerateArray().Select(Describe));

        static string Describe(JsonElement element) =>
            $"{element.GetProperty("Network").GetString()}/{element.GetProperty("Endpoint").GetString()} {element.GetProperty("Publication").GetProperty("HostPort").GetInt32()}";
    }

    [Fact]
    public async Task Statistics_AreThoseOfTheEndpointsPort()
    {
        await CreateEndpointAsync();
        var counted = new PortStatistics(1, 2, 3, 4, 5, ulong.MaxValue);
        _server.Switch.Ports[1] = counted;

        Assert.Equal(counted, FairwayJson.Deserialize<PortStatistics>((await GetAsync("/v1/endpoints/db/statistics")).Text));
    }

    [Fact]
    public async Task Attach_AnswersWhatTheNamespaceHas_AndDetachUndoesIt()
    {
        var network = await PostAsync("/v1/networks", """{"Name":"web"}""");
        var gateway = network.Json.GetProperty("Spec").GetProperty("Subnets")[0].GetProperty("Gateway").GetString();
        _server.Engine.Kernel.AddNamespace("/proc/1/ns/net");

        var attached = await PostAsync("/v1/attach",
            """{"Network":"web","Endpoint":"app","NetnsPath":"/proc/1/ns/net","Owner":{"Engine":"podman","Id":"c0ffee","Labels":{"a":"b"}}}""");
        Assert.Equal(HttpStatusCode.OK, attached.Status);
        Assert.Equal(gateway, attached.Json.GetProperty("Dns").GetProperty("Servers")[0].GetString());
        Assert.Equal("eth0", attached.Json.GetProperty("InterfaceName").GetString());

        var detach = """{"Owner":{"Engine":"podman","Id":"c0ffee"}}""";
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("/v1/detach", detach)).Status);
        Assert.Equal("[]\n", (await GetAsync("/v1/endpoints")).Text);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("/v1/detach", detach)).Status);
    }

    [Fact]
    public async Task Health_DescribesTheDaemon()
    {
        await CreateEndpointAsync();

        var health = (await GetAsync("/v1/health")).Text;

        Assert.Equal("""{"Status":"Healthy","Version":"1.2.3","Instance":"test","Revision":3,"StartedAt":"1970-01-01T00:00:00+00:00","Namespace":"net:[4026531840]","Networks":1,"Endpoints":1,"Namespaces":0,"Problems":[],"Repairs":[]}""" + "\n", health);
    }

    private async Task CreateEndpointAsync()
    {
        await PostAsync("/v1/networks", """{"Name":"web"}""");
        await PostAsync("/v1/endpoints", """{"Network":"web","Name":"db"}""");
    }

    private Task<Answer> GetAsync(string path) => _server.SendAsync(HttpMethod.Get, path);

    private Task<Answer> PostAsync(string path, string? body) => _server.SendAsync(HttpMethod.Post, path, body);

    private Task<Answer> DeleteAsync(string path, string? body = null) => _server.SendAsync(HttpMethod.Delete, path, body);
}
