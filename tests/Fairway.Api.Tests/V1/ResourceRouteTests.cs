using System.Net;
using Fairway.Api.Tests.Fixtures;

namespace Fairway.Api.Tests.V1;

public sealed class ResourceRouteTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Network_Created_IsListedShownAndDeleted()
    {
        var created = await server.SendAsync(HttpMethod.Post, "/v1/networks", """{"Name":"web","Subnets":[{"Prefix":"10.1.0.0/24"}]}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("10.1.0.0/24", created.Json.GetProperty("Spec").GetProperty("Subnets")[0].GetProperty("Prefix").GetString());

        var list = await server.SendAsync(HttpMethod.Get, "/v1/networks");
        Assert.Contains(list.Json.EnumerateArray(), network => network.GetProperty("Spec").GetProperty("Name").GetString() == "web");
        var shown = await server.SendAsync(HttpMethod.Get, "/v1/networks/web");
        Assert.Equal(created.Text, shown.Text);

        var deleted = await server.SendAsync(HttpMethod.Delete, "/v1/networks/web");
        Assert.Equal((HttpStatusCode.NoContent, ""), (deleted.Status, deleted.Text));
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, "/v1/networks/web")).Status);
    }
}
