using System.Net;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Errors;
using Microsoft.Extensions.Logging;

namespace Fairway.Api.Tests.Errors;

public sealed class ErrorAnswerTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string ValidNetwork = """{"Name":"refused"}""";

    [Theory]
    [InlineData(ErrorKind.NotFound, 404, HcnErrorCode.ElementNotFound)]
    [InlineData(ErrorKind.AlreadyExists, 409, HcnErrorCode.ObjectAlreadyExists)]
    [InlineData(ErrorKind.InvalidArgument, 400, HcnErrorCode.InvalidArgument)]
    [InlineData(ErrorKind.Conflict, 409, HcnErrorCode.EntityHasReferences)]
    [InlineData(ErrorKind.Exhausted, 507, HcnErrorCode.NotEnoughQuota)]
    [InlineData(ErrorKind.Unsupported, 501, HcnErrorCode.RequestUnsupported)]
    [InlineData(ErrorKind.Unavailable, 503, HcnErrorCode.Busy)]
    [InlineData(ErrorKind.Internal, 500, HcnErrorCode.Unexpected)]
    public async Task Failure_OfEachKind_HasItsStatusAndCode(ErrorKind kind, int status, uint code)
    {
        server.Host.FailNext = new FairwayException(kind, "network 'refused'", "create network 'refused': for a reason; do something else");

        var answer = await server.SendAsync(HttpMethod.Post, "/v1/networks", ValidNetwork);

        Assert.Equal(status, (int)answer.Status);
        AssertError(answer, kind, code, "create network 'refused': for a reason; do something else");
        Assert.Equal("network 'refused'", answer.Json.GetProperty("Subject").GetString());
    }

    [Fact]
    public void Table_KnowsEveryKind() =>
        Assert.All(Enum.GetValues<ErrorKind>(), kind => Assert.True(kind == ErrorKind.Internal || Api.Errors.ErrorTable.Status(kind) != 500));

    [Fact]
    public async Task Failure_WithItsOwnCodeAndFindings_KeepsThem()
    {
        server.Host.FailNext = new FairwayException(ErrorKind.InvalidArgument, "network 'refused'", "two things are wrong", HcnErrorCode.InvalidSubnet)
        {
            Findings = [new Finding("$.Subnets[0].Prefix", "one", HcnErrorCode.InvalidPrefix), new Finding("$.Mtu", "two")],
        };

        var answer = await server.SendAsync(HttpMethod.Post, "/v1/networks", ValidNetwork);

        AssertError(answer, ErrorKind.InvalidArgument, HcnErrorCode.InvalidSubnet, "two things are wrong");
        Assert.Equal(["$.Subnets[0].Prefix", "$.Mtu"], answer.Json.GetProperty("Findings").EnumerateArray().Select(finding => finding.GetProperty("Path").GetString()));
    }

    [Fact]
    public async Task Defect_IsInternal_AndLogged()
    {
        server.Host.FailNext = new InvalidOperationException("the moon is in the wrong phase");

        var answer = await server.SendAsync(HttpMethod.Post, "/v1/networks", ValidNetwork);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        AssertError(answer, ErrorKind.Internal, HcnErrorCode.Unexpected,
            "POST /v1/networks: the moon is in the wrong phase; the daemon's log says more");
        Assert.Contains(server.Log.All, line => line.Level == LogLevel.Error && line.Text.Contains("the moon", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v2/networks")]
    [InlineData("/v1/networks/web/extra")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task UnknownPath_IsNotFound_InTheSameShape(string path)
    {
        var answer = await server.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Contains("/openapi.json", answer.Json.GetProperty("Error").GetString());
    }

    [Fact]
    public async Task WrongMethod_IsRefused_NamingTheRightOnes()
    {
        var answer = await server.SendAsync(HttpMethod.Put, "/v1/networks", ValidNetwork);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        AssertError(answer, ErrorKind.Unsupported, HcnErrorCode.RequestUnsupported, "PUT does not apply to '/v1/networks'; it takes GET, POST");
    }

    [Fact]
    public async Task UnknownReference_IsNotFound()
    {
        foreach (var path in new[] { "/v1/networks/nosuch", "/v1/endpoints/nosuch", "/v1/namespaces/nosuch", "/v1/endpoints/nosuch/statistics" })
        {
            var answer = await server.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal("NotFound", answer.Json.GetProperty("Kind").GetString());
        }
    }

    private static void AssertError(Answer answer, ErrorKind kind, uint code, string error)
    {
        Assert.Equal("application/json", answer.ContentType);
        Assert.False(answer.Json.GetProperty("Success").GetBoolean());
        Assert.Equal(kind.ToString(), answer.Json.GetProperty("Kind").GetString());
        Assert.Equal(code, answer.Json.GetProperty("ErrorCode").GetUInt32());
        Assert.Equal(error, answer.Json.GetProperty("Error").GetString());
    }
}
