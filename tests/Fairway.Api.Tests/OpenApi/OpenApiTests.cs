using System.Text.Json;
using Fairway.Api.Http;
using Fairway.Api.Tests.Fixtures;

namespace Fairway.Api.Tests.OpenApi;

public sealed class OpenApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>Set to write the file in place of comparing with it; look at the difference before committing it.</summary>
    private const string UpdateVariable = "UPDATE_SAMPLES";

    [Fact]
    public async Task GoldenFile_IsWhatTheRoutesSay()
    {
        var path = RepositoryFiles.PathOf("docs/spec/openapi.json");
        var written = OpenApiDocument.Of(server.Server.Routes);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null) await File.WriteAllTextAsync(path, written, TestContext.Current.CancellationToken);

        Assert.True(written == await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken),
            $"docs/spec/openapi.json is not what routes and records say; run this test with {UpdateVariable}=1, look at the difference and commit it");
    }

    [Fact]
    public async Task Document_IsServedAsItStandsInTheRepository()
    {
        var served = await server.SendAsync(HttpMethod.Get, "/openapi.json");

        Assert.Equal("application/json", served.ContentType);
        Assert.Equal(await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs/spec/openapi.json"), TestContext.Current.CancellationToken), served.Text);
    }

    [Fact]
    public void EveryRoute_IsDescribed() => Assert.All(server.Server.Routes, route => Assert.NotNull(route.Metadata.GetMetadata<RouteDocument>()));

    [Fact]
    public void EveryReference_LeadsSomewhere()
    {
        var document = JsonDocument.Parse(OpenApiDocument.Of(server.Server.Routes)).RootElement;
        foreach (var reference in References(document))
        {
            var found = reference.Split('/').Skip(1).Aggregate((JsonElement?)document, (at, step) => at?.TryGetProperty(step, out var next) == true ? next : null);
            Assert.True(found is not null, reference);
        }
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.NameEquals("$ref") ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
