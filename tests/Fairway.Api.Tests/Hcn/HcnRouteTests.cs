using System.Net;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Requests;

namespace Fairway.Api.Tests.Hcn;

/// <summary>Routes as clients of Windows make them.</summary>
public sealed class HcnRouteTests : IAsyncLifetime
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

    [Theory]
    [InlineData("Setting")]
    [InlineData("Routes")]
    public async Task Route_IsCreatedFoundReplacedAndDeleted(string spelling)
    {
        var created = await PostAsync("", Document(spelling, "203.0.113.0/24"));
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created.Json.GetProperty("ID").GetString()!;
        Assert.Equal(created.Json.GetProperty("Setting").GetRawText(), created.Json.GetProperty("Routes").GetRawText());
        Assert.Equal(created.Text, (await GetAsync($"/{id}")).Text);
        Assert.Equal(created.Text.TrimEnd(), Assert.Single((await GetAsync("")).Json.EnumerateArray()).GetRawText());
        Assert.Single((await GetAsync($"?query={Query($$"""{"ID":"{{id}}"}""")}")).Json.EnumerateArray());
        Assert.Empty((await GetAsync($"?query={Query($$"""{"ID":"{{UnknownId}}"}""")}")).Json.EnumerateArray());
        Assert.Equal(["203.0.113.0/24"], Led());

        // Read, changed in one place and sent back, as a client may: under both spellings now.
        var modified = await PostAsync($"/{id}/modify", created.Text.Replace("203.0.113.0/24", "198.18.0.0/15", StringComparison.Ordinal));
        Assert.Equal("""{"Success":true,"ErrorCode":0}""" + "\n", modified.Text);
        Assert.Equal(["198.18.0.0/15"], Led());
        var other = await PostAsync($"/{id}/modify", Document(spelling, "203.0.113.0/24").Insert(1, $"\"ID\":\"{UnknownId}\","));
        Assert.Equal((HttpStatusCode.BadRequest, HcnErrorCode.GuidConversionFailure, "$.ID"), (other.Status, Code(other), Path(other)));

        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync(HttpMethod.Delete, $"/hcn/v2/routes/{id}")).Status);
        Assert.Empty(_server.Engine.Kernel.Ways);
        foreach (var gone in new[] { await GetAsync($"/{id}"), await PostAsync($"/{id}/modify", "{}"), await _server.SendAsync(HttpMethod.Delete, $"/hcn/v2/routes/{id}") })
            Assert.Equal((HttpStatusCode.NotFound, $"SDN Route \"{id}\" not found", HcnErrorCode.ElementNotFound), (gone.Status, gone.Json.GetProperty("Error").GetString(), Code(gone)));
        var bad = await GetAsync("/office");
        Assert.StartsWith("invalid route ID", bad.Json.GetProperty("Error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("[]", "$")]
    [InlineData("{}", "$.Routes")]
    [InlineData("""{"Setting":"203.0.113.0/24"}""", "$.Setting")]
    [InlineData("""{"Setting":[{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","NeedEncap":"perhaps"}]}""", "$.Setting[0].NeedEncap")]
    [InlineData("""{"Routes":[{"DestinationPrefix":1,"NextHop":"192.0.2.1"}]}""", "$.Routes[0].DestinationPrefix")]
    [InlineData("""{"HostComputeEndpoints":[1],"Routes":[]}""", "$.HostComputeEndpoints[0]")]
    public async Task Document_Wrong_ChangesNothing(string body, string path)
    {
        var answer = await PostAsync("", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.False(answer.Json.GetProperty("Success").GetBoolean());
        Assert.Equal(path, Path(answer));
        Assert.Empty(_server.Engine.Networking.Routes);
    }

    [Fact]
    public async Task WhatTheEngineRefuses_IsNamedByTheDocumentsMembers()
    {
        var unknown = await PostAsync("", Document("Setting", "203.0.113.0/24").Replace(_endpoint.Spec.Id.ToString(), UnknownId, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NotFound, HcnErrorCode.EndpointNotFound, "$.HostComputeEndpoints[0]"), (unknown.Status, Code(unknown), Path(unknown)));
        var encapsulated = await PostAsync("", Document("Setting", "203.0.113.0/24").Replace("false", "true", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.BadRequest, HcnErrorCode.InvalidPolicy, "$.Setting[0].NeedEncap"), (encapsulated.Status, Code(encapsulated), Path(encapsulated)));
        await PostAsync("", Document("Setting", "203.0.113.0/24"));
        var again = await PostAsync("", Document("Routes", "203.0.113.0/24"));
        Assert.Equal((HttpStatusCode.Conflict, HcnErrorCode.PolicyAlreadyExists, "$.HostComputeEndpoints[0]"), (again.Status, Code(again), Path(again)));
        Assert.Single(_server.Engine.Networking.Routes);
    }

    [Fact]
    public async Task V1_CreatesShowsAndDeletes_AndHcnSeesIt()
    {
        var created = await _server.SendAsync(HttpMethod.Post, "/v1/routes", """{"Name":"office","Endpoints":["web/a"],"Routes":[{"Destination":"203.0.113.0/24","NextHop":"192.0.2.1"}]}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(_endpoint.Spec.Id, created.Json.GetProperty("Spec").GetProperty("Endpoints")[0].GetGuid());
        Assert.Equal(created.Text, (await _server.SendAsync(HttpMethod.Get, "/v1/routes/office")).Text);
        Assert.Single((await _server.SendAsync(HttpMethod.Get, "/v1/routes")).Json.EnumerateArray());
        Assert.Equal("203.0.113.0/24", Assert.Single((await GetAsync("")).Json.EnumerateArray()).GetProperty("Setting")[0].GetProperty("DestinationPrefix").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync(HttpMethod.Post, "/v1/routes", """{"Endpoints":["nobody"],"Routes":[{"Destination":"203.0.113.0/24","NextHop":"192.0.2.1"}]}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.SendAsync(HttpMethod.Post, "/v1/routes", """{"Name":"x","Routes":[],"Colour":1}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync(HttpMethod.Delete, "/v1/routes/office")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync(HttpMethod.Delete, "/v1/routes/office")).Status);
    }

    private IEnumerable<string> Led() => _server.Engine.Kernel.Ways[_endpoint.Spec.Id].Ways.Where(way => way.NextHop is not null).Select(way => way.Prefix.ToString());

    private string Document(string spelling, string prefix) =>
        $$$"""{"HostComputeEndpoints":["{{{_endpoint.Spec.Id}}}"],"{{{spelling}}}":[{"DestinationPrefix":"{{{prefix}}}","NextHop":"192.0.2.1","NeedEncap":false}],"SchemaVersion":{"Major":2,"Minor":0}}""";

    private static string Query(string filter) => Uri.EscapeDataString($$"""{"Filter":"{{filter.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""");

    private static uint Code(Answer answer) => answer.Json.GetProperty("ErrorCode").GetUInt32();

    private static string? Path(Answer answer) => answer.Json.GetProperty("Findings")[0].GetProperty("Path").GetString();

    private Task<Answer> GetAsync(string path) => _server.SendAsync(HttpMethod.Get, $"/hcn/v2/routes{path}");

    private Task<Answer> PostAsync(string path, string body) => _server.SendAsync(HttpMethod.Post, $"/hcn/v2/routes{path}", body);
}
