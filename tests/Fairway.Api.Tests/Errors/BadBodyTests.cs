using System.Net;
using System.Text;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Errors;

namespace Fairway.Api.Tests.Errors;

public sealed class BadBodyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("", "$")]
    [InlineData("null", "$")]
    [InlineData("{", "$")]
    [InlineData("{\"Name\":\"web\"} trailing", "$")]
    [InlineData("[]", "$")]
    [InlineData("{\"Name\":12}", "$.Name")]
    [InlineData("{\"Name\":\"web\",\"Subnets\":[{\"Prefix\":\"10.1.0.0/240\"}]}", "$.Subnets[0].Prefix")]
    [InlineData("{\"Name\":\"web\",\"Type\":\"Token Ring\"}", "$.Type")]
    [InlineData("{\"Name\":\"web\",\"Colour\":\"blue\"}", "$.Colour")]
    [InlineData("{\"Name\":\"web\",\"Name\":\"bew\"}", "$.Name")]
    [InlineData("{\"Name\":\"web\",\"Mtu\":1e400}", "$.Mtu")]
    [InlineData("<xml/>", "$")]
    public async Task Body_ThatIsNoNetwork_IsRefusedWithThePath(string body, string path)
    {
        var answer = await server.SendAsync(HttpMethod.Post, "/v1/networks", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HcnErrorCode.InvalidJson, answer.Json.GetProperty("ErrorCode").GetUInt32());
        Assert.Equal(path, answer.Json.GetProperty("Findings")[0].GetProperty("Path").GetString());
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
        Assert.Empty(server.Host.Networks);
    }

    [Fact]
    public async Task Body_NestedTooDeep_IsRefused()
    {
        var answer = await server.SendAsync(HttpMethod.Post, "/v1/networks", new string('[', 5000));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HcnErrorCode.InvalidJson, answer.Json.GetProperty("ErrorCode").GetUInt32());
    }

    [Fact]
    public async Task Body_NotUtf8_IsRefused()
    {
        using var content = new ByteArrayContent([.. "{\"Name\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        using var response = await server.Client.PostAsync("/v1/networks", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Body_AnnouncedTooLong_IsRefusedBeforeItIsSent()
    {
        var text = await server.ExchangeAsync("POST /v1/networks HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", text, StringComparison.Ordinal);
        Assert.Contains("the request body is longer than 1048576 bytes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_GrowingTooLong_IsRefused()
    {
        var chunk = $"8000\r\n{new string(' ', 0x8000)}\r\n";
        var text = await server.ExchangeAsync(
            $"POST /v1/networks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat(chunk, 32))}1\r\n ");

        Assert.StartsWith("HTTP/1.1 413 ", text, StringComparison.Ordinal);
        Assert.Contains("the request body is longer than 1048576 bytes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_OfAValidButOddEncoding_IsAccepted()
    {
        using var content = new StringContent("{\"Name\":\"odd\"}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await server.Client.PostAsync("/v1/networks", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await server.SendAsync(HttpMethod.Delete, "/v1/networks/odd");
    }

    [Fact]
    public async Task RequestLine_Malformed_EndsTheConnection()
    {
        Assert.StartsWith("HTTP/1.1 400 ", await server.ExchangeAsync("NONSENSE\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await server.ExchangeAsync("P\0ST / HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/v1/health")).Status);
    }
}
