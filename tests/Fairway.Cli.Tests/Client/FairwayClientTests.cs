using System.Net.Sockets;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Client;
using Fairway.Model.Attach;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Flows;
using Fairway.Model.Json;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;

namespace Fairway.Cli.Tests.Client;

public sealed class FairwayClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resources_AreReadAsTheDaemonHasThem()
    {
        await using var daemon = Sample.Daemon();
        using var client = Of(daemon);
        Assert.Equal(["db", "web"], (await client.ListNetworksAsync(Cancellation)).Select(network => network.Spec.Name));
        Assert.Equal(FairwayJson.Serialize(Sample.WebC1), FairwayJson.Serialize(await client.GetEndpointAsync("c1", Cancellation)));
        Assert.Equal(Sample.C1.Spec, (await client.GetNamespaceAsync("c1", Cancellation)).Spec);
        Assert.Equal("0.1.0", (await client.GetHealthAsync(Cancellation)).Version);
        Assert.Equal([8080, 9000], (await client.ListPublicationsAsync(Cancellation)).Select(port => (int)port.Publication.HostPort));
    }

    [Fact]
    public async Task Requests_CarryWhatWasAsked()
    {
        await using var daemon = Sample.Daemon()
            .On("POST /v1/networks", Sample.Web, 201)
            .On("POST /v1/endpoints", Sample.WebC1, 201)
            .On("POST /v1/endpoints/c1/attach", Sample.WebC1)
            .On("DELETE /v1/networks/web");
        using var client = Of(daemon);
        await client.CreateNetworkAsync(Sample.Web.Spec, Cancellation);
        await client.CreateEndpointAsync(new CreateEndpointRequest { Network = "web", Namespace = "c1" }, Cancellation);
        await client.AttachEndpointAsync("c1", new AttachEndpointRequest { NetnsPath = "/proc/1/ns/net" }, Cancellation);
        await client.DeleteNetworkAsync("web", Cancellation);
        Assert.Equal(["POST /v1/networks", "POST /v1/endpoints", "POST /v1/endpoints/c1/attach", "DELETE /v1/networks/web"], daemon.Calls);
        Assert.Equal("web", FairwayJson.ReadRequest<NetworkSpec>(Bytes(daemon.BodyOf("POST /v1/networks"))).Name);
        Assert.Equal("c1", FairwayJson.ReadRequest<CreateEndpointRequest>(Bytes(daemon.BodyOf("POST /v1/endpoints"))).Namespace);
        Assert.Equal("/proc/1/ns/net", FairwayJson.ReadRequest<AttachEndpointRequest>(Bytes(daemon.BodyOf("POST /v1/endpoints/c1/attach"))).NetnsPath);
    }

    [Fact]
    public async Task Ports_ArePublishedAndWithdrawn()
    {
        var port = new PortPublication { HostPort = 0, ContainerPort = 80 };
        await using var daemon = new FakeDaemon()
            .On<IReadOnlyList<PortPublication>>("POST /v1/endpoints/web%2Fc1/publications", [port with { HostPort = 40000 }])
            .On("DELETE /v1/endpoints/web%2Fc1/publications");
        using var client = Of(daemon);
        Assert.Equal(40000, Assert.Single(await client.PublishAsync("web/c1", [port], Cancellation)).HostPort);
        await client.UnpublishAsync("web/c1", [port with { HostPort = 40000 }], Cancellation);
        Assert.Equal(40000, FairwayJson.Deserialize<PortPublication[]>(daemon.BodyOf("DELETE /v1/endpoints/web%2Fc1/publications"))[0].HostPort);
    }

    [Fact]
    public async Task Engines_AttachAndDetachInOneCallEach()
    {
        var request = new AttachRequest { Network = "web", NetnsPath = "/proc/1/ns/net", Owner = new Owner("example", "1") };
        await using var daemon = new FakeDaemon()
            .On("POST /v1/attach", new AttachResult(Sample.WebC1.Spec.Id, "c1", Sample.Web.Spec.Id, "eth0", Sample.WebC1.MacAddress, 1500,
                Sample.WebC1.Addresses, [], Model.Dns.DnsSettings.Empty, [], Revision: 10))
            .On("POST /v1/detach");
        using var client = Of(daemon);
        Assert.Equal(10, (await client.AttachAsync(request, Cancellation)).Revision);
        await client.DetachAsync(new DetachRequest(request.Owner), Cancellation);
        Assert.Equal("example", FairwayJson.ReadRequest<DetachRequest>(Bytes(daemon.BodyOf("POST /v1/detach"))).Owner.Engine);
    }

    [Fact]
    public async Task Refusal_ArrivesWithItsKindAndEveryFinding()
    {
        var refusal = new FairwayException(ErrorKind.InvalidArgument, "network 'web'", "create network 'web': 2 problems", 0x80070057)
        {
            Findings = [new Finding("$.Mtu", "70000 is too large"), new Finding("$.Name", "'a b' holds a blank")],
        };
        await using var daemon = new FakeDaemon().Refuses("POST /v1/networks", refusal, 400);
        using var client = Of(daemon);
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.CreateNetworkAsync(Sample.Web.Spec, Cancellation));
        Assert.Equal((refusal.Kind, refusal.Subject, refusal.Message, refusal.HcnCode), (caught.Kind, caught.Subject, caught.Message, caught.HcnCode));
        Assert.Equal(["$.Mtu", "$.Name"], caught.Findings.Select(finding => finding.Path));
    }

    [Fact]
    public async Task AnswerOfAnotherProgram_IsToldAsSuch()
    {
        await using var daemon = new FakeDaemon()
            .On("GET /v1/networks", _ => new FakeDaemon.Answer(502, "text/html", Bytes("<html>")))
            .On("GET /v1/endpoints", _ => new FakeDaemon.Answer(200, "text/html", Bytes("<html>")));
        using var client = Of(daemon);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => client.ListNetworksAsync(Cancellation));
        Assert.Equal("list networks: HTTP status 502 without an explanation; see that fairwayd, and no other program, serves this socket", refused.Message);
        var odd = await Assert.ThrowsAsync<FairwayException>(() => client.ListEndpointsAsync(Cancellation));
        Assert.StartsWith("list endpoints: fairwayd's answer is not what this version expects", odd.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daemon_ThatIsNotThere_IsUnavailableWithTheRemedy()
    {
        using var client = new FairwayClient(new FairwayClientOptions { SocketPath = "/run/no-such-fairway/fairway.sock" });
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.ListNetworksAsync(Cancellation));
        Assert.Equal(ErrorKind.Unavailable, caught.Kind);
        Assert.Equal("connect to fairwayd at '/run/no-such-fairway/fairway.sock': there is no such socket; start fairwayd (systemctl start fairwayd) "
            + "or name the socket it serves", caught.Message);
    }

    [Fact]
    public async Task Daemon_ThatDied_IsUnavailableWithTheRemedy()
    {
        var path = Path.Combine(Path.GetTempPath(), $"fairway-cli-{Environment.ProcessId}-dead.sock");
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // A bound socket that is not listened on refuses, as one whose process has died does.
            dead.Bind(new UnixDomainSocketEndPoint(path));
            using var client = new FairwayClient(new FairwayClientOptions { SocketPath = path });
            var caught = await Assert.ThrowsAsync<FairwayException>(() => client.ListNetworksAsync(Cancellation));
            Assert.Equal(ErrorKind.Unavailable, caught.Kind);
            Assert.Contains("nobody listens there any more; start fairwayd", caught.Message, StringComparison.Ordinal);
        }
        File.Delete(path);
    }

    [Fact]
    public async Task SocketPath_ThatIsTooLong_IsExplained()
    {
        using var client = new FairwayClient(new FairwayClientOptions { SocketPath = "/run/" + new string('x', 200) });
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.ListNetworksAsync(Cancellation));
        Assert.Contains("longer than the 107 bytes", caught.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daemon_ThatDoesNotAnswer_IsUnavailableAfterTheTimeout()
    {
        await using var daemon = new FakeDaemon().Streams<Change>("GET /v1/networks", []);
        using var client = new FairwayClient(new FairwayClientOptions { SocketPath = daemon.SocketPath, Timeout = TimeSpan.FromMilliseconds(200) });
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.ListNetworksAsync(Cancellation));
        Assert.Equal((ErrorKind.Unavailable, "list networks: no answer within 0.2 s; see fairwayd's log"), (caught.Kind, caught.Message));
    }

    [Fact]
    public async Task Daemon_ThatEndsWhileAnswering_IsUnavailable()
    {
        await using var daemon = new FakeDaemon().On("GET /v1/networks", _ => throw new IOException());
        using var client = Of(daemon);
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.ListNetworksAsync(Cancellation));
        Assert.Equal((ErrorKind.Unavailable, "list networks: fairwayd ended the connection; it may be restarting: try again"), (caught.Kind, caught.Message));
    }

    [Fact]
    public async Task Cancelling_EndsACallAsCancelled()
    {
        await using var daemon = new FakeDaemon().Streams<Change>("GET /v1/networks", []);
        using var client = Of(daemon);
        using var cancel = new CancellationTokenSource();
        var call = client.ListNetworksAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Flows_ArriveOneByOne_UntilTheDaemonEnds()
    {
        var drop = new FlowEvent(DateTimeOffset.UnixEpoch, FlowEventKind.Drop, DropReason.Isolated, 6, null, 0, null, 0, "web", "c1", null, 60, 0);
        await using var daemon = new FakeDaemon().Streams("GET /v1/flows/events", [drop, drop with { From = "c2" }], cut: true);
        using var client = Of(daemon);
        var seen = new List<string?>();
        await foreach (var flow in client.WatchFlowsAsync(Cancellation))
            seen.Add(flow.From);
        Assert.Equal(["c1", "c2"], seen);
    }

    [Fact]
    public async Task Changes_AreAskedAfterARevision_AndEndWhenCancelled()
    {
        await using var daemon = new FakeDaemon()
            .Streams("GET /v1/changes?after=41", [new Change(42, ResourceKind.Network, ChangeKind.Created, Sample.Web.Spec.Id, "web")]);
        using var client = Of(daemon);
        using var cancel = new CancellationTokenSource();
        var changes = client.WatchChangesAsync(41, cancel.Token).GetAsyncEnumerator(Cancellation);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal((42, "web"), (changes.Current.Revision, changes.Current.Name));
        var next = changes.MoveNextAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Theory]
    [InlineData("a b", "GET /v1/networks/a%20b")]
    [InlineData("ä?#/..", "GET /v1/networks/%C3%A4%3F%23%2F..")]
    public async Task Reference_OfAnySpelling_StaysOnePathSegment(string reference, string call)
    {
        await using var daemon = new FakeDaemon().On(call, Sample.Web);
        using var client = Of(daemon);
        await client.GetNetworkAsync(reference, Cancellation);
        Assert.Equal([call], daemon.Calls);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Reference_ThatWouldChangeThePath_IsRefused(string reference)
    {
        using var client = new FairwayClient();
        var caught = await Assert.ThrowsAsync<FairwayException>(() => client.GetNetworkAsync(reference, Cancellation));
        Assert.Equal(ErrorKind.InvalidArgument, caught.Kind);
    }

    private static FairwayClient Of(FakeDaemon daemon) => new(new FairwayClientOptions { SocketPath = daemon.SocketPath });

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
