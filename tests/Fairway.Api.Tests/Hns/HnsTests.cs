using System.Net;
using System.Text.Json;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Statistics;

namespace Fairway.Api.Tests.Hns;

/// <summary>The calls clients of HNS make, as HNSCall passes them on: every answer tells whether it worked, and hcsshim must be able to read it.</summary>
public sealed class HnsTests : IAsyncLifetime
{
    private const string WebId = "71CD3B74-1A0A-447E-BF9E-3716C6652176";
    private const string UnknownId = "00000000-1111-4222-8333-444444444444";

    private readonly ServerFixture _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Version_IsWhatClientsUnlockFeaturesBy() =>
        Assert.Equal("""{"Success":true,"Output":{"Major":16,"Minor":0}}""" + "\n", (await GetAsync("globals/version")).Text);

    /// <summary>hcsshim puts a slash behind the path of every list.</summary>
    [Theory]
    [InlineData("network-hns-docker-nat", "f2b0c5f4a9d1")]
    [InlineData("network-hns-calico-vxlan", "External")]
    public async Task Network_IsCreatedListedAndDeleted(string sample, string name)
    {
        var created = await PostAsync("networks/", RepositoryFiles.HcnSample(sample));
        var network = Output(created);
        var id = network.GetProperty("ID").GetString()!;
        Assert.Equal((HttpStatusCode.OK, name), (created.Status, network.GetProperty("Name").GetString()));
        Assert.Equal(created.Text, (await GetAsync($"networks/{id.ToLowerInvariant()}")).Text);
        Assert.Equal(network.GetRawText(), Assert.Single(Output(await GetAsync("networks/")).EnumerateArray()).GetRawText());
        // What the other API has made and shows is the same network.
        Assert.Equal(id, (await _server.SendAsync(HttpMethod.Get, $"/hcn/v2/networks/{id}")).Json.GetProperty("ID").GetString());
        AssertFailed(await PostAsync($"networks/{id}", "{}"), HttpStatusCode.NotImplemented, -2143617003, "cannot be changed");
        Assert.Equal(id, Output(await DeleteAsync($"networks/{id}")).GetProperty("ID").GetString());
        AssertFailed(await GetAsync($"networks/{id}"), HttpStatusCode.NotFound, -2143617023, $"Network ID \"{id}\" not found");
    }

    [Fact]
    public async Task Network_WithEndpoints_IsCounted_AndNotDeleted()
    {
        await CreateWebAsync();
        await CreateEndpointAsync();
        Assert.Equal(1, Output(await GetAsync($"networks/{WebId}")).GetProperty("CurrentEndpointCount").GetInt32());
        AssertFailed(await DeleteAsync($"networks/{WebId}"), HttpStatusCode.Conflict, -2143616980, "endpoint");
    }

    /// <summary>libnetwork's driver for Windows: a mapping that it has reserved itself, then the container, then the end.</summary>
    [Fact]
    public async Task Endpoint_OfDocker_LivesAndDies()
    {
        await CreateWebAsync();
        var created = Output(await PostAsync("endpoints/", $$"""
            {"VirtualNetwork":"{{WebId}}","Policies":[{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8080,"ExternalPortReserved":true}],
             "MacAddress":"00-15-5D-01-02-04","IPAddress":"10.1.0.7","EnableInternalDNS":true}
            """));
        var id = created.GetProperty("ID").GetString()!;
        Assert.Equal("""[{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8080,"ExternalPortReserved":true}]""", created.GetProperty("Policies").GetRawText());
        Assert.Equal(("10.1.0.7", 16, "10.1.0.1", "00-15-5D-01-02-04"),
            (Text(created, "IPAddress"), created.GetProperty("PrefixLength").GetInt32(), Text(created, "GatewayAddress"), Text(created, "MacAddress")));

        var compartment = Output(await PostAsync("namespaces/", "{}"));
        Assert.False(created.TryGetProperty("SharedContainers", out _));
        var attached = await PostAsync($"endpoints/{id}/attach", $$"""{"ContainerId":"4f1c2ab9d0e3","SystemType":"Container","CompartmentId":{{compartment.GetProperty("CompartmentId")}}}""");
        Assert.Equal("""{"Success":true}""" + "\n", attached.Text);
        // How hcsshim finds out whether a container has it.
        Assert.Equal("""["4f1c2ab9d0e3"]""", Output(await GetAsync($"endpoints/{id}")).GetProperty("SharedContainers").GetRawText());
        Assert.Equal(Text(compartment, "ID"), Text(Output(await GetAsync($"endpoints/{id}")).GetProperty("Namespace"), "ID"));
        Assert.Single(_server.Engine.Kernel.Publications.Values, publication => publication.HostPort == 8080);

        _server.Switch.Ports[_server.Engine.Networking.Endpoints.Single().Port] = new PortStatistics(PacketsReceived: 1, BytesReceived: 100, PacketsSent: 2, BytesSent: 200, DroppedIncoming: 3, DroppedOutgoing: 4);
        Assert.Equal($$$"""{"BytesReceived":100,"BytesSent":200,"DroppedPacketsIncoming":3,"DroppedPacketsOutgoing":4,"EndpointId":"{{{id}}}","InstanceId":"{{{id}}}","PacketsReceived":1,"PacketsSent":2}""",
            Output(await GetAsync($"endpointstats/{id}")).GetRawText());

        AssertFailed(await PostAsync($"endpoints/{id}/detach", """{"ContainerId":"other","SystemType":"Container"}"""), HttpStatusCode.Conflict, -2143616972, "another container");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"endpoints/{id}/detach", """{"ContainerId":"4f1c2ab9d0e3","SystemType":"Container"}""")).Status);
        AssertFailed(await PostAsync($"endpoints/{id}/detach", "{}"), HttpStatusCode.Conflict, -2143616972, "not attached");
        Assert.Equal(id, Text(Output(await DeleteAsync($"endpoints/{id}")), "ID"));
        Assert.Equal("""{"Success":true,"Output":[]}""" + "\n", (await GetAsync("endpoints/")).Text);
        AssertFailed(await GetAsync($"endpoints/{id}"), HttpStatusCode.NotFound, -2143617022, $"Endpoint ID \"{id}\" not found");
    }

    [Fact]
    public async Task Endpoint_IsAttachedToANamespaceByItsName_AndNotByTheBeginningOfItsId()
    {
        await CreateWebAsync();
        var id = await CreateEndpointAsync();
        await _server.SendAsync(HttpMethod.Post, "/v1/namespaces", """{"Name":"c1","Id":"abcdef01-1111-4222-8333-444444444444"}""");
        AssertFailed(await AttachAsync("""{"ContainerId":"abcdef01"}"""), HttpStatusCode.NotFound, -2147023728, "no namespace has the name, id or path 'abcdef01'");
        AssertFailed(await AttachAsync("""{"CompartmentId":777}"""), HttpStatusCode.NotFound, -2147023728, "compartment 777");
        AssertFailed(await AttachAsync("{}"), HttpStatusCode.BadRequest, -2143616997, "neither a compartment nor a container");
        AssertFailed(await AttachAsync("""{"SystemType":"Host","CompartmentId":1}"""), HttpStatusCode.NotImplemented, -2143617003, "the host has an interface on every network");
        AssertFailed(await AttachAsync("""{"SystemType":"Pod","CompartmentId":1}"""), HttpStatusCode.NotImplemented, -2143617003, "'Pod'");
        AssertFailed(await AttachAsync("""{"ContainerId":"c1","VirtualNicName":"nic"}"""), HttpStatusCode.NotImplemented, -2143617003, "virtual NICs", "$.VirtualNicName");
        Assert.Equal(HttpStatusCode.OK, (await AttachAsync("""{"ContainerId":"c1","SystemType":"container"}""")).Status);
        Assert.Equal("c1", Output(await GetAsync($"endpoints/{id}")).GetProperty("SharedContainers")[0].GetString());

        Task<Answer> AttachAsync(string body) => PostAsync($"endpoints/{id}/attach", body);
    }

    /// <summary>hcsshim's ApplyACLPolicy: the endpoint as it was read, with one policy more.</summary>
    [Fact]
    public async Task Update_OfAnEndpointAsItWasRead_AddsAPolicy()
    {
        await CreateWebAsync();
        var id = Text(Output(await PostAsync("endpoints/", $$"""{"Name":"c1","VirtualNetwork":"{{WebId}}","Policies":[{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8080}]}""")), "ID");
        var read = Output(await GetAsync($"endpoints/{id}")).GetRawText();
        const string Rule = """{"Type":"ACL","Protocol":6,"Action":"Block","Direction":"Out","RemotePorts":"25","Priority":100}""";
        var updated = Output(await PostAsync($"endpoints/{id}", read.Replace("\"Policies\":[", $"\"Policies\":[{Rule},", StringComparison.Ordinal)));
        Assert.Equal(["NAT", "ACL"], updated.GetProperty("Policies").EnumerateArray().Select(policy => Text(policy, "Type")));
        Assert.Equal("25", string.Join(',', Assert.Single(_server.Engine.Networking.PoliciesOf(Guid.Parse(id)).Rules.Values).RemotePorts));

        AssertFailed(await PostAsync($"endpoints/{id}", read.Replace("\"Name\":\"c1\"", "\"Name\":\"c2\"", StringComparison.Ordinal)), HttpStatusCode.NotImplemented, -2143617003, "changes policies only", "$.Name");
        Assert.Empty((Output(await PostAsync($"endpoints/{id}", "{}")).TryGetProperty("Policies", out var left) ? left.EnumerateArray() : default).ToList());
        Assert.Empty(_server.Engine.Networking.FindEndpoint(Guid.Parse(id))!.Spec.Publications);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.NotFound, -2143617023, "$.VirtualNetwork")]
    [InlineData($$"""{"VirtualNetwork":"{{UnknownId}}"}""", HttpStatusCode.NotFound, -2143617023, "$.VirtualNetwork")]
    [InlineData("""{"VirtualNetwork":"web"}""", HttpStatusCode.BadRequest, -2143616999, "$.VirtualNetwork")]
    [InlineData($$"""{"VirtualNetwork":"{{WebId}}","Policies":[{"Type":"L2Driver"}]}""", HttpStatusCode.BadRequest, -2143617010, "$.Policies[0]")]
    [InlineData($$"""{"VirtualNetwork":"{{WebId}}","EnableLowMetric":true}""", HttpStatusCode.NotImplemented, -2143617003, "$.Flags")]
    [InlineData("{", HttpStatusCode.BadRequest, -2143616997, "$")]
    public async Task Endpoint_ThatCannotBe_IsRefused_AndNotThere(string document, HttpStatusCode status, int code, string path)
    {
        await CreateWebAsync();
        AssertFailed(await PostAsync("endpoints/", document), status, code, "", path);
        Assert.Empty(_server.Engine.Networking.Endpoints);
    }

    [Fact]
    public async Task Namespace_TakesAnEndpointIn_AndLetsItOut()
    {
        await CreateWebAsync();
        var (endpoint, id) = (await CreateEndpointAsync(), Text(Output(await PostAsync("namespaces/", """{"Note":"x"}""")), "ID"));
        var resource = $$$"""{"Type":"Endpoint","Data":{"Id":"{{{endpoint}}}"}}""";
        var added = Output(await PostAsync($"namespaces/{id}/addresource", resource));
        Assert.Equal($$$"""[{"Type":"Endpoint","Data":{"ID":"{{{endpoint}}}"}}]""", added.GetProperty("ResourceList").GetRawText());
        Assert.Equal("x", Text(added, "Note"));
        AssertFailed(await DeleteAsync($"namespaces/{id}"), HttpStatusCode.Conflict, -2143616980, "endpoint");
        Assert.False(Output(await PostAsync($"namespaces/{id}/removeresource", resource)).TryGetProperty("ResourceList", out _));
        AssertFailed(await PostAsync($"namespaces/{id}/removeresource", resource), HttpStatusCode.Conflict, -2143616972, "not in this namespace", "$.Data.ID");
        AssertFailed(await PostAsync($"namespaces/{id}/addresource", resource.Replace(endpoint, UnknownId, StringComparison.Ordinal)), HttpStatusCode.NotFound, -2143617022, "not found", "$.Data.ID");
        AssertFailed(await PostAsync($"namespaces/{id}/addresource", resource.Replace("Endpoint", "Container", StringComparison.Ordinal)), HttpStatusCode.NotImplemented, -2143617003, "use Endpoint", "$.Type");
        AssertFailed(await PostAsync("namespaces/", """{"IsDefault":true}"""), HttpStatusCode.NotImplemented, -2143617003, "the host's own namespace", "$.IsDefault");
        Assert.Single(Output(await GetAsync("namespaces/")).EnumerateArray());
        Assert.Equal(id, Text(Output(await DeleteAsync($"namespaces/{id}")), "ID"));
        // The words by which hcsshim knows that there is none.
        foreach (var gone in new[] { await GetAsync($"namespaces/{id}"), await DeleteAsync($"namespaces/{id}"), await PostAsync($"namespaces/{id}/addresource", resource) })
            AssertFailed(gone, HttpStatusCode.NotFound, -2147023728, "Element not found.");
    }

    /// <summary>hcsshim changes a list by deleting it and creating it again under its id.</summary>
    [Fact]
    public async Task PolicyLists_AreLoadBalancersAndRoutes()
    {
        await CreateWebAsync();
        var endpoint = await CreateEndpointAsync();
        string List(string policy) => $$"""{"References":["/endpoints/{{endpoint}}"],"Policies":[{{policy}}]}""";
        const string Elb = """{"Type":"ELB","Protocol":6,"InternalPort":8080,"ExternalPort":80,"VIPs":["10.96.0.10"]}""";
        const string Way = """{"Type":"ROUTE","DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1"}""";
        var (balancer, route) = (Output(await PostAsync("policylists/", List(Elb))), Output(await PostAsync("policylists/", List(Way))));
        Assert.Equal(Elb, Assert.Single(balancer.GetProperty("Policies").EnumerateArray()).GetRawText());
        Assert.Equal(Way, Assert.Single(route.GetProperty("Policies").EnumerateArray()).GetRawText());
        Assert.Equal([balancer.GetRawText(), route.GetRawText()], Output(await GetAsync("policylists/")).EnumerateArray().Select(list => list.GetRawText()));
        Assert.Single(_server.Engine.Networking.LoadBalancers);
        Assert.Single(_server.Engine.Networking.Routes);
        Assert.Contains(_server.Engine.Kernel.Ways[Guid.Parse(endpoint)].Ways, way => way.NextHop is not null);

        Assert.Equal(balancer.GetRawText(), Output(await DeleteAsync($"policylists/{Text(balancer, "ID")}")).GetRawText());
        var again = Output(await PostAsync("policylists/", balancer.GetRawText()));
        Assert.Equal(Text(balancer, "ID"), Text(again, "ID"));
        var changed = await PostAsync($"policylists/{Text(route, "ID")}", List(Way.Replace("203.0.113.0/24", "198.18.0.0/15", StringComparison.Ordinal)));
        Assert.Equal("198.18.0.0/15", Text(Output(changed).GetProperty("Policies")[0], "DestinationPrefix"));
        AssertFailed(await PostAsync($"policylists/{Text(route, "ID")}", List(Elb)), HttpStatusCode.BadRequest, -2143617010, "it is a route and stays one");
        AssertFailed(await PostAsync($"policylists/{Text(route, "ID")}", balancer.GetRawText()), HttpStatusCode.BadRequest, -2143616999, "give that id or none", "$.ID");
        AssertFailed(await PostAsync("policylists/", List(Way.Replace("203.0.113.0/24", "198.18.0.0/15", StringComparison.Ordinal))), HttpStatusCode.Conflict, -2143617006, "say", "$.References[0]");
        AssertFailed(await PostAsync("policylists/", List(Way.Replace("}", ",\"NeedEncap\":true}", StringComparison.Ordinal))), HttpStatusCode.BadRequest, -2143617011, "encapsulates nothing", "$.Policies[0].NeedEncap");
        AssertFailed(await PostAsync("policylists/", List(Elb)), HttpStatusCode.Conflict, -2143617005, "already", "$.Policies[0].VIPs[0]");
        await DeleteAsync($"policylists/{Text(route, "ID")}");
        Assert.Empty(_server.Engine.Networking.Routes);
        AssertFailed(await GetAsync($"policylists/{Text(route, "ID")}"), HttpStatusCode.NotFound, -2147023728, "Element not found.");
    }

    /// <summary>hcsshim reads every answer into one record, whose code is an int32.</summary>
    [Theory]
    [InlineData("GET", "activities", HttpStatusCode.NotFound)]
    [InlineData("GET", "networks/web", HttpStatusCode.BadRequest)]
    [InlineData("PUT", "networks", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "policylists/x", HttpStatusCode.BadRequest)]
    [InlineData("GET", "namespaces/x", HttpStatusCode.BadRequest)]
    [InlineData("GET", "endpoints/x", HttpStatusCode.BadRequest)]
    [InlineData("POST", "namespaces", HttpStatusCode.BadRequest)]
    public async Task Refusal_OfAnyKind_IsOneHcsshimCanRead(string method, string path, HttpStatusCode status)
    {
        var answer = await _server.SendAsync(new HttpMethod(method), $"/hns/v1/{path}", method == "POST" ? "[]" : null);
        Assert.Equal(status, answer.Status);
        Assert.False(answer.Json.GetProperty("Success").GetBoolean());
        Assert.True(answer.Json.GetProperty("ErrorCode").GetInt32() < 0);
        Assert.NotEmpty(Text(answer.Json, "Error"));
    }

    [Fact]
    public async Task Defect_IsToldInTheSameForm_AndLogged()
    {
        _server.Host.FailNext = new InvalidOperationException("a defect");
        AssertFailed(await PostAsync("networks", """{"Name":"x"}"""), HttpStatusCode.InternalServerError, -2147418113, "a defect");
    }

    private static void AssertFailed(Answer answer, HttpStatusCode status, int code, string words, string? path = null)
    {
        Assert.True(answer.Status == status, answer.Text);
        Assert.False(answer.Json.GetProperty("Success").GetBoolean());
        Assert.Contains(words, Text(answer.Json, "Error"), StringComparison.Ordinal);
        Assert.Equal(code, answer.Json.GetProperty("ErrorCode").GetInt32());
        if (path is not null)
            Assert.Equal(path, Text(answer.Json.GetProperty("Findings")[0], "Path"));
    }

    private static JsonElement Output(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("Success").GetBoolean(), answer.Text);
        return answer.Json.GetProperty("Output");
    }

    private static string Text(JsonElement document, string member) => document.GetProperty(member).GetString()!;

    private Task<Answer> CreateWebAsync() => PostAsync("networks/", $$"""
        {"ID":"{{WebId}}","Name":"web","Type":"nat","Subnets":[{"AddressPrefix":"10.1.0.0/16","GatewayAddress":"10.1.0.1"},{"AddressPrefix":"fd00:10:1::/64","GatewayAddress":"fd00:10:1::1"}]}
        """);

    private async Task<string> CreateEndpointAsync() => Text(Output(await PostAsync("endpoints/", $$"""{"VirtualNetwork":"{{WebId}}"}""")), "ID");

    private Task<Answer> GetAsync(string path) => _server.SendAsync(HttpMethod.Get, $"/hns/v1/{path}");

    private Task<Answer> PostAsync(string path, string body) => _server.SendAsync(HttpMethod.Post, $"/hns/v1/{path}", body);

    private Task<Answer> DeleteAsync(string path) => _server.SendAsync(HttpMethod.Delete, $"/hns/v1/{path}");
}
