using System.Text;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Client;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Notifications;
using Fairway.Model.Hcn.Query;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Cli.Tests.Client;

public sealed class HcnClientTests
{
    private const string Id = "AAAAAAAA-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Networks_AreCreatedListedFoundChangedAndDeleted()
    {
        var network = new HostComputeNetwork { Id = new Guid(Id), Name = "web", Type = NetworkMode.NAT };
        await using var daemon = new FakeDaemon()
            .On("POST /hcn/v2/networks", _ => Hcn(network, 201))
            .On($"GET /hcn/v2/networks?query={Uri.EscapeDataString("""{"Filter":"{\"Name\":\"web\"}"}""")}", _ => Hcn<IReadOnlyList<HostComputeNetwork>>([network]))
            .On($"GET /hcn/v2/networks/{Id}", _ => Hcn(network))
            .On($"POST /hcn/v2/networks/{Id}/modify", _ => Hcn(new ModifySettingResponse { Success = true }))
            .On($"DELETE /hcn/v2/networks/{Id}");
        using var client = Of(daemon);
        Assert.Equal("web", (await client.Hcn.Networks.CreateAsync(network, Cancellation)).Name);
        Assert.Single(await client.Hcn.Networks.QueryAsync(new HostComputeQuery { Filter = """{"Name":"web"}""" }, Cancellation));
        Assert.Equal(NetworkMode.NAT, (await client.Hcn.Networks.GetAsync(network.Id.Value, Cancellation)).Type);
        await client.Hcn.Networks.ModifyAsync(network.Id.Value, new ModifyNetworkSettingRequest { RequestType = ModifyRequestType.Add }, Cancellation);
        await client.Hcn.Networks.DeleteAsync(network.Id.Value, Cancellation);
        Assert.Equal(5, daemon.Calls.Count());
        Assert.Contains("\"RequestType\":\"Add\"", daemon.BodyOf($"POST /hcn/v2/networks/{Id}/modify"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_KeepsWhatTheSchemaDoesNotKnow()
    {
        await using var daemon = new FakeDaemon().On($"GET /hcn/v2/endpoints/{Id}", _ => Json($$"""{"ID":"{{Id.ToLowerInvariant()}}","Colour":"blue"}"""));
        using var client = Of(daemon);
        var endpoint = await client.Hcn.Endpoints.GetAsync(new Guid(Id), Cancellation);
        Assert.Equal("blue", endpoint.Unknown!["Colour"].GetString());
    }

    [Fact]
    public async Task VersionAndNotifications_AreRead()
    {
        await using var daemon = new FakeDaemon()
            .On("GET /hcn/v2/version", _ => Json("""{"Major":16,"Minor":0}"""))
            .On("GET /hcn/v2/notifications", _ => new FakeDaemon.Answer(200, "text/event-stream", [],
                [$$$"""{"NotificationType":2,"NotificationStatus":0,"NotificationData":{"ID":"{{{Id}}}","Flags":0}}"""], Cut: true));
        using var client = Of(daemon);
        Assert.Equal(16u, (await client.Hcn.GetVersionAsync(Cancellation)).Major);
        var seen = new List<HcnNotification>();
        await foreach (var notification in client.Hcn.WatchNotificationsAsync(Cancellation))
            seen.Add(notification);
        Assert.Equal((HcnNotificationType.NetworkCreate, new Guid(Id)), (Assert.Single(seen).NotificationType, seen[0].NotificationData!.Id));
    }

    [Fact]
    public async Task Refusal_ArrivesWithItsHcnCode()
    {
        var refusal = new FairwayException(ErrorKind.NotFound, $"network '{Id}'", $"network '{Id}' does not exist", 0x803b0001);
        await using var daemon = new FakeDaemon().Refuses($"DELETE /hcn/v2/networks/{Id}", refusal, 404);
        using var client = Of(daemon);
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.Hcn.Networks.DeleteAsync(new Guid(Id), Cancellation));
        Assert.Equal((ErrorKind.NotFound, 0x803b0001u), (caught.Kind, caught.HcnCode));
    }

    [Fact]
    public async Task Answer_ThatIsNoDocument_IsAnInternalError()
    {
        await using var daemon = new FakeDaemon().On("GET /hcn/v2/namespaces", _ => Json("{}"));
        using var client = Of(daemon);
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.Hcn.Namespaces.QueryAsync(null, Cancellation));
        Assert.Equal(ErrorKind.Internal, caught.Kind);
    }

    private static FairwayClient Of(FakeDaemon daemon) => new(new FairwayClientOptions { SocketPath = daemon.SocketPath });

    private static FakeDaemon.Answer Hcn<T>(T document, int status = 200) => new(status, "application/json", HcnJson.WriteUtf8(document));

    private static FakeDaemon.Answer Json(string text) => new(200, "application/json", Encoding.UTF8.GetBytes(text));
}
