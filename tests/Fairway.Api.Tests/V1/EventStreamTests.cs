using System.Net;
using Fairway.Api.Tests.Fixtures;
using Fairway.Engine.Drivers;
using Fairway.Model.Flows;

namespace Fairway.Api.Tests.V1;

public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Changes_AfterARevision_ArriveInOrderAndGoOn()
    {
        var first = await CreateNetworkAsync("first");
        await CreateNetworkAsync("second");
        using var reader = await SubscribeAsync($"/v1/changes?after={first}");

        Assert.Equal($"id: {first + 1}", await reader.ReadLineAsync(Cancellation));
        Assert.Equal("event: Created", await reader.ReadLineAsync(Cancellation));
        Assert.Contains("\"Name\":\"second\"", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync(Cancellation));
        await CreateNetworkAsync("third");
        Assert.Equal($"id: {first + 2}", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Changes_WithoutARevision_BeginNow()
    {
        await CreateNetworkAsync("before");
        using var reader = await SubscribeAsync("/v1/changes");
        var after = await CreateNetworkAsync("after");

        Assert.Equal($"id: {after}", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Changes_Reconnecting_GoOnAfterTheLastEvent()
    {
        var first = await CreateNetworkAsync("first");
        await CreateNetworkAsync("second");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes?after=0");
        request.Headers.Add("Last-Event-ID", first.ToString());
        using var response = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal($"id: {first + 1}", await reader.ReadLineAsync(Cancellation));
    }

    [Theory]
    [InlineData("/v1/changes?after=soon", HttpStatusCode.BadRequest)]
    [InlineData("/v1/changes?after=-1", HttpStatusCode.BadRequest)]
    [InlineData("/v1/changes?after=99", HttpStatusCode.Conflict)]
    public async Task Changes_AfterAnImpossibleRevision_AreRefused(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await _server.SendAsync(HttpMethod.Get, path)).Status);

    [Fact]
    public async Task Flows_CarryNamesInPlaceOfNumbers()
    {
        await CreateNetworkAsync("web");
        await _server.SendAsync(HttpMethod.Post, "/v1/endpoints", """{"Network":"web","Name":"db"}""");
        using var reader = await SubscribeAsync("/v1/flows/events");

        _server.Switch.Report(Drop(network: 1, from: 1, to: 16385));

        Assert.Equal("event: Drop", await reader.ReadLineAsync(Cancellation));
        var data = (await reader.ReadLineAsync(Cancellation))!;
        Assert.StartsWith("data: {", data, StringComparison.Ordinal);
        Assert.Contains("\"Reason\":\"Unpublished\"", data, StringComparison.Ordinal);
        Assert.Contains("\"Network\":\"web\",\"From\":\"db\",\"To\":\"resolver\"", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flows_OfAnEndpointMadeMeanwhile_HaveItsName()
    {
        await CreateNetworkAsync("web");
        using var reader = await SubscribeAsync("/v1/flows/events");
        _server.Switch.Report(Drop(network: 1, from: 1, to: 0));
        await SkipEventAsync(reader);
        await _server.SendAsync(HttpMethod.Post, "/v1/endpoints", """{"Network":"web","Name":"late"}""");

        _server.Switch.Report(Drop(network: 1, from: 1, to: 0));

        await reader.ReadLineAsync(Cancellation);
        Assert.Contains("\"From\":\"late\"", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_Leaving_IsUnsubscribed()
    {
        using (await SubscribeAsync("/v1/flows/events")) Assert.Equal(1, _server.Switch.Readers);

        await Eventually.TrueAsync(() => _server.Switch.Readers == 0);
    }

    [Fact]
    public async Task Stopping_EndsStreamsAtOnce()
    {
        using var flows = await SubscribeAsync("/v1/flows/events");
        using var changes = await SubscribeAsync("/v1/changes");

        var stopped = _server.Server.StopAsync(Cancellation);

        Assert.Null(await flows.ReadLineAsync(Cancellation));
        Assert.Null(await changes.ReadLineAsync(Cancellation));
        await stopped.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task Reader_ThatDoesNotRead_DelaysNobody()
    {
        using var stuck = await SubscribeAsync("/v1/flows/events");
        using var reading = await SubscribeAsync("/v1/flows/events");
        for (var i = 0; i < 20_000; i++) _server.Switch.Report(Drop(network: 0, from: 0, to: 0));

        for (var i = 0; i < 20_000; i++) await SkipEventAsync(reading);
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, "/v1/health")).Status);
    }

    private static SwitchEvent Drop(uint network, uint from, uint to) => new(DateTimeOffset.UnixEpoch, FlowEventKind.Drop, DropReason.Unpublished, 6, network, from, to,
        IPAddress.Parse("10.0.0.1"), 1234, IPAddress.Parse("10.0.0.2"), 80, 74, 0);

    private static async Task SkipEventAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Cancellation) is { Length: > 0 })
        {
        }
    }

    /// <summary>Returns the network's revision.</summary>
    private async Task<long> CreateNetworkAsync(string name) =>
        (await _server.SendAsync(HttpMethod.Post, "/v1/networks", $$"""{"Name":"{{name}}"}""")).Json.GetProperty("Revision").GetInt64();

    private async Task<StreamReader> SubscribeAsync(string path)
    {
        var response = await _server.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
    }
}
