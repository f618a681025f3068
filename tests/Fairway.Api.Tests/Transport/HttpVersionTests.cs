using System.Net;
using System.Text;
using Fairway.Api.Tests.Fixtures;

namespace Fairway.Api.Tests.Transport;

public sealed class HttpVersionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task OneSocket_ServesBothVersions(int major, int minor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/health")
        {
            Version = new Version(major, minor),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new Version(major, minor), response.Version);
    }

    [Fact]
    public async Task FirstBytes_ArrivingOneByOne_AreStillSorted()
    {
        using var socket = await server.ConnectAsync();
        foreach (var octet in Encoding.ASCII.GetBytes("PR / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")) await socket.SendAsync(new[] { octet });
        var buffer = new byte[64];
        var read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 404 ", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilentAndVanishingClients_DelayNobody()
    {
        using var silent = await server.ConnectAsync();
        using var half = await server.ConnectAsync();
        await half.SendAsync("PRI"u8.ToArray());
        for (var i = 0; i < 50; i++) (await server.ConnectAsync()).Dispose();

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/v1/health")).Status);
    }

    [Fact]
    public async Task ManyClients_AtOnce_AreAllAnswered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
        {
            using var client = server.NewClient();
            return await client.GetStringAsync("/v1/health", TestContext.Current.CancellationToken);
        }));

        Assert.All(answers, answer => Assert.Contains("\"Healthy\"", answer, StringComparison.Ordinal));
    }
}
