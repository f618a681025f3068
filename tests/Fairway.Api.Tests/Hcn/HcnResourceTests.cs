using System.Net;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Errors;

namespace Fairway.Api.Tests.Hcn;

/// <summary>What clients of Windows hosts send, and what they must read in the answers.</summary>
public sealed class HcnResourceTests : IAsyncLifetime
{
    private const string WebId = "71CD3B74-1A0A-447E-BF9E-3716C6652176";
    private const string CompartmentId = "9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8";
    private const string UnknownId = "00000000-1111-4222-8333-444444444444";

    private readonly ServerFixture _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("network-go-nat", "NatTestNetwork")]
    [InlineData("network-powershell-internal", "backend")]
    [InlineData("network-hns-docker-nat", "f2b0c5f4a9d1")]
    [InlineData("network-go-dual-stack", null)]
    public async Task Network_AsClientsSendIt_IsCreatedQueriedAndDeleted(string sample, string? name)
    {
        var created = await PostAsync("/hcn/v2/networks", RepositoryFiles.HcnSample(sample));
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created.Json.GetProperty("ID").GetString()!;
        Assert.Equal(id.ToUpperInvariant(), id);
        if (name is not null) Assert.Equal(name, created.Json.GetProperty("Name").GetString());

        Assert.Equal(created.Text, (await GetAsync($"/hcn/v2/networks/{id.ToLowerInvariant()}")).Text);
        var listed = await GetAsync(Query("networks", $$"""{"ID":"{{id}}"}"""));
        Assert.Equal(created.Text.TrimEnd(), Assert.Single(listed.Json.EnumerateArray()).GetRawText());
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync($"/hcn/v2/networks/{id}")).Status);
        Assert.Equal("[]\n", (await GetAsync("/hcn/v2/networks")).Text);
    }

    [Fact]
    public async Task Network_WithUnknownMembers_ReturnsThem()
    {
        var created = await PostAsync("/hcn/v2/networks", """{"Name":"web","Owner":"me","Colour":{"Hue":7},"AdditionalParams":{"Ticket":"NET-17"}}""");

        Assert.Equal("me", created.Json.GetProperty("Owner").GetString());
        Assert.Equal(7, created.Json.GetProperty("Colour").GetProperty("Hue").GetInt32());
        Assert.Equal("NET-17", created.Json.GetProperty("AdditionalParams").GetProperty("Ticket").GetString());
    }

    [Theory]
    [InlineData("endpoint-go-nat")]
    [InlineData("endpoint-hns-docker")]
    [InlineData("endpoint-multipass")]
    public async Task Endpoint_AsClientsSendIt_IsCreatedQueriedAndDeleted(string sample)
    {
        await CreateWebAsync();
        // The VIP one of the samples publishes at.
        _server.Engine.Kernel.HostAddresses.Add(IPAddress.Parse("10.0.0.5"));

        var created = await PostAsync("/hcn/v2/endpoints", RepositoryFiles.HcnSample(sample));
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created.Json.GetProperty("ID").GetString();
        Assert.Equal(WebId, created.Json.GetProperty("HostComputeNetwork").GetString());

        Assert.Equal(created.Text, (await GetAsync($"/hcn/v2/endpoints/{id}")).Text);
        // As hcsshim asks for the endpoints of a network: by the name of schema 1.
        var listed = await GetAsync(Query("endpoints", $$"""{"VirtualNetwork":"{{WebId}}"}"""));
        Assert.Equal(created.Text.TrimEnd(), Assert.Single(listed.Json.EnumerateArray()).GetRawText());
        Assert.Equal("[]\n", (await GetAsync(Query("endpoints", $$"""{"HostComputeNetwork":"{{UnknownId}}"}"""))).Text);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync($"/hcn/v2/endpoints/{id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync($"/hcn/v2/networks/{WebId}")).Status);
    }

    [Fact]
    public async Task Namespace_AdoptedByItsPath_TakesAnEndpointInAndLetsItOut()
    {
        await CreateWebAsync();
        _server.Engine.Kernel.AddNamespace("/proc/4242/ns/net");
        var adopted = await PostAsync("/hcn/v2/namespaces", RepositoryFiles.HcnSample("namespace-adopted"));
        Assert.Equal(HttpStatusCode.Created, adopted.Status);
        Assert.Equal("web-0", adopted.Json.GetProperty("AdditionalParams").GetProperty("Pod").GetString());
        var compartment = adopted.Json.GetProperty("NamespaceId").GetUInt32();
        var endpoint = await CreateEndpointAsync();

        var added = await ModifyAsync("namespaces", CompartmentId, Membership("Add", endpoint));
        Assert.Equal($$$"""{"Success":true,"ErrorCode":0,"CompartmentId":{{{compartment}}}}""" + "\n", added.Text);
        Assert.Equal(CompartmentId, (await GetAsync($"/hcn/v2/endpoints/{endpoint}")).Json.GetProperty("HostComputeNamespace").GetString());
        var resources = (await GetAsync($"/hcn/v2/namespaces/{CompartmentId}")).Json.GetProperty("Resources");
        Assert.Equal($$$"""[{"Type":"Endpoint","Data":{"ID":"{{{endpoint}}}"}}]""", resources.GetRawText());

        var removed = await ModifyAsync("namespaces", CompartmentId, Membership("Remove", endpoint));
        Assert.True(removed.Json.GetProperty("Success").GetBoolean());
        Assert.Equal([], _server.Engine.Kernel.InterfacesIn("/proc/4242/ns/net"));
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync($"/hcn/v2/namespaces/{CompartmentId}")).Status);
    }

    [Fact]
    public async Task Endpoint_PowerShell_EntersItsNamespaceOnCreate()
    {
        await CreateWebAsync();
        _server.Engine.Kernel.AddNamespace("/proc/4242/ns/net");
        await PostAsync("/hcn/v2/namespaces", RepositoryFiles.HcnSample("namespace-adopted"));

        var created = await PostAsync("/hcn/v2/endpoints", RepositoryFiles.HcnSample("endpoint-powershell-named"));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(CompartmentId, created.Json.GetProperty("HostComputeNamespace").GetString());
        Assert.Equal(["net1"], _server.Engine.Kernel.InterfacesIn("/proc/4242/ns/net"));
    }

    [Fact]
    public async Task PortMappings_AreAddedReplacedAndRemoved()
    {
        await CreateWebAsync();
        var endpoint = await CreateEndpointAsync();

        await ModifyPoliciesAsync("Add", 8080);
        await ModifyPoliciesAsync("Add", 8081);
        Assert.Equal([8080, 8081], await PublishedAsync());
        await ModifyPoliciesAsync("Update", 8081, 8082);
        Assert.Equal([8081, 8082], await PublishedAsync());
        await ModifyPoliciesAsync("Remove", 8081);
        Assert.Equal([8082], await PublishedAsync());

        async Task ModifyPoliciesAsync(string type, params int[] ports)
        {
            var answer = await ModifyAsync("endpoints", endpoint, Policies(type, ports));
            Assert.Equal("""{"Success":true,"ErrorCode":0}""" + "\n", answer.Text);
        }

        async Task<IEnumerable<int>> PublishedAsync() => (await GetAsync("/v1/publications")).Json.EnumerateArray()
            .Select(published => published.GetProperty("Publication").GetProperty("HostPort").GetInt32());
    }

    [Fact]
    public async Task PortMappings_ThatCannotBeReplaced_StayAsTheyWere()
    {
        await CreateWebAsync();
        var endpoint = await CreateEndpointAsync();
        var other = await CreateEndpointAsync();
        await ModifyAsync("endpoints", endpoint, Policies("Add", 8080));
        await ModifyAsync("endpoints", other, Policies("Add", 9090));

        var refused = await ModifyAsync("endpoints", endpoint, Policies("Update", 8081, 9090));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(HcnErrorCode.PortAlreadyExists, refused.Json.GetProperty("ErrorCode").GetUInt32());
        var mappings = (await GetAsync($"/hcn/v2/endpoints/{endpoint}")).Json.GetProperty("Policies").EnumerateArray();
        Assert.Equal(8080, Assert.Single(mappings).GetProperty("Settings").GetProperty("ExternalPort").GetInt32());
    }

    [Theory]
    [InlineData("networks", "Network ID", HcnErrorCode.NetworkNotFound)]
    [InlineData("endpoints", "Endpoint ID", HcnErrorCode.EndpointNotFound)]
    [InlineData("namespaces", "Namespace ID", HcnErrorCode.ElementNotFound)]
    public async Task UnknownId_IsNotFound_InTheWordsClientsCompare(string path, string subject, uint code)
    {
        foreach (var answer in new[] { await GetAsync($"/hcn/v2/{path}/{UnknownId}"), await DeleteAsync($"/hcn/v2/{path}/{UnknownId}"), await ModifyAsync(path, UnknownId, "{}") })
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal($"{subject} \"{UnknownId}\" not found", answer.Json.GetProperty("Error").GetString());
            Assert.Equal(code, answer.Json.GetProperty("ErrorCode").GetUInt32());
        }
    }

    [Theory]
    [InlineData("networks", "invalid network ID")]
    [InlineData("endpoints", "invalid endpoint ID")]
    [InlineData("namespaces", "invalid namespace ID")]
    public async Task BadId_IsRefused(string path, string words)
    {
        var answer = await GetAsync($"/hcn/v2/{path}/web");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(words, answer.Json.GetProperty("Error").GetString(), StringComparison.Ordinal);
        Assert.Equal(HcnErrorCode.GuidConversionFailure, answer.Json.GetProperty("ErrorCode").GetUInt32());
    }

    [Fact]
    public async Task Name_ThatIsAnotherNetworksId_IsNotTakenForIt()
    {
        await PostAsync("/hcn/v2/networks", $$"""{"Name":"{{UnknownId}}"}""");

        Assert.Equal(HttpStatusCode.NotFound, (await DeleteAsync($"/hcn/v2/networks/{UnknownId}")).Status);
        Assert.Single(_server.Host.Networks);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, HcnErrorCode.InvalidNetwork)]
    [InlineData($$"""{"HostComputeNetwork":"{{UnknownId}}"}""", HttpStatusCode.NotFound, HcnErrorCode.NetworkNotFound)]
    [InlineData("""{"HostComputeNetwork":"web"}""", HttpStatusCode.BadRequest, HcnErrorCode.GuidConversionFailure)]
    public async Task Endpoint_OfNoNetwork_IsRefusedNamingTheField(string document, HttpStatusCode status, uint code)
    {
        var answer = await PostAsync("/hcn/v2/endpoints", document);

        Assert.Equal((status, code), (answer.Status, answer.Json.GetProperty("ErrorCode").GetUInt32()));
        Assert.Equal("$.HostComputeNetwork", answer.Json.GetProperty("Findings")[0].GetProperty("Path").GetString());
    }

    [Fact]
    public async Task Removing_FromANamespaceItIsNotIn_IsRefused()
    {
        await CreateWebAsync();
        var endpoint = await CreateEndpointAsync();
        var compartment = (await PostAsync("/hcn/v2/namespaces", """{"Name":"c1"}""")).Json.GetProperty("ID").GetString()!;

        var answer = await ModifyAsync("namespaces", compartment, Membership("Remove", endpoint));

        Assert.Equal((HttpStatusCode.Conflict, HcnErrorCode.EndpointNotAttached), (answer.Status, answer.Json.GetProperty("ErrorCode").GetUInt32()));
    }

    [Fact]
    public async Task Network_Modified_IsRefusedWithTheCode()
    {
        await CreateWebAsync();

        var answer = await ModifyAsync("networks", WebId, """{"RequestType":"Add","ResourceType":"Extension","Settings":{}}""");

        Assert.Equal((HttpStatusCode.NotImplemented, HcnErrorCode.RequestUnsupported), (answer.Status, answer.Json.GetProperty("ErrorCode").GetUInt32()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"Filter":"{"}""")]
    [InlineData("""{"Filter":"{\"Colour\":\"blue\"}"}""")]
    [InlineData("""{"SchemaVersion":{"Major":1,"Minor":0}}""")]
    public async Task Query_ThatCannotBeAnswered_IsRefused(string query)
    {
        var answer = await GetAsync($"/hcn/v2/networks?query={Uri.EscapeDataString(query)}");

        Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotImplemented, answer.Text);
        Assert.False(answer.Json.GetProperty("Success").GetBoolean());
    }

    [Fact]
    public async Task Version_IsWhatClientsUnlockFeaturesBy() =>
        Assert.Equal("""{"Major":16,"Minor":0}""" + "\n", (await GetAsync("/hcn/v2/version")).Text);

    [Fact]
    public async Task Notifications_TellOfNetworksNamespacesAndAttachments()
    {
        using var response = await _server.Client.GetAsync("/hcn/v2/notifications", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        await CreateWebAsync();
        var compartment = (await PostAsync("/hcn/v2/namespaces", """{"Name":"c1"}""")).Json.GetProperty("ID").GetString()!;
        var endpoint = await CreateEndpointAsync();
        await ModifyAsync("namespaces", compartment, Membership("Add", endpoint));
        await DeleteAsync($"/hcn/v2/endpoints/{endpoint}");
        await DeleteAsync($"/hcn/v2/networks/{WebId}");

        var names = new List<string>();
        while (names.Count < 4)
        {
            if (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line.StartsWith("event: ", StringComparison.Ordinal))
            {
                names.Add(line["event: ".Length..]);
                if (names.Count == 1)
                {
                    Assert.Equal($$$"""data: {"NotificationType":2,"NotificationStatus":0,"NotificationData":{"ID":"{{{WebId}}}","Flags":0}}""",
                        await reader.ReadLineAsync(TestContext.Current.CancellationToken));
                }
            }
        }
        Assert.Equal(["NetworkCreate", "NamespaceCreate", "NetworkEndpointAttached", "NetworkDelete"], names);
    }

    private Task<Answer> CreateWebAsync() => PostAsync("/hcn/v2/networks", $$$"""
        {"ID":"{{{WebId}}}","Name":"web","Type":"NAT","Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":"10.1.0.0/16"},{"IpAddressPrefix":"fd00:10:1::/64"}]}]}
        """);

    private async Task<string> CreateEndpointAsync() =>
        (await PostAsync("/hcn/v2/endpoints", $$"""{"HostComputeNetwork":"{{WebId}}"}""")).Json.GetProperty("ID").GetString()!;

    private static string Membership(string type, string endpoint) =>
        $$$"""{"RequestType":"{{{type}}}","ResourceType":"Endpoint","Settings":{"EndpointId":"{{{endpoint}}}"}}""";

    private static string Policies(string type, params int[] ports)
    {
        var mappings = ports.Select(port => $$$"""{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":{{{port}}}}}""");
        return $$$"""{"RequestType":"{{{type}}}","ResourceType":"Policy","Settings":{"Policies":[{{{string.Join(',', mappings)}}}]}}""";
    }

    private static string Query(string path, string filter) =>
        $"/hcn/v2/{path}?query={Uri.EscapeDataString($$"""{"Flags":0,"Filter":"{{filter.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""")}";

    private Task<Answer> GetAsync(string path) => _server.SendAsync(HttpMethod.Get, path);

    private Task<Answer> PostAsync(string path, string body) => _server.SendAsync(HttpMethod.Post, path, body);

    private Task<Answer> ModifyAsync(string path, string id, string body) => PostAsync($"/hcn/v2/{path}/{id}/modify", body);

    private Task<Answer> DeleteAsync(string path) => _server.SendAsync(HttpMethod.Delete, path);
}
