using System.Net;
using System.Text;
using Fairway.Api.Tests.Fixtures;
using Fairway.Testing.Kernel;

namespace Fairway.Api.Tests.Transport;

/// <summary>Clients that are slow, leave, or come all at once; and a server that stops while somebody waits.</summary>
public sealed class PatienceTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Body_ThatDoesNotCome_IsGivenUp()
    {
        var answer = _server.ExchangeAsync("POST /v1/networks HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n{");
        // Meanwhile everyone else is served.
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, "/v1/health")).Status);

        var text = await answer.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.StartsWith("HTTP/1.1 408 ", text, StringComparison.Ordinal);
        Assert.Contains("the request body did not arrive in time", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_LeavingInTheMiddle_LeavesTheOperationWhole()
    {
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        Hold(FakeOperation.NetworkApply, begun, go);
        using (var socket = await _server.ConnectAsync())
        {
            var body = """{"Name":"web"}""";
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /v1/networks HTTP/1.1\r\nHost: h\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            await begun.WaitAsync(Cancellation);
        }
        using (var socket = await _server.ConnectAsync())
            await socket.SendAsync("POST /v1/networks HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\n{\"Name\":\"half"u8.ToArray());
        go.Release();

        await Eventually.TrueAsync(() => _server.Host.Networks.Count == 1);
        Assert.Equal("web", _server.Host.Networks[0].Spec.Name);
        Assert.DoesNotContain(_server.Log.All, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task AHundredAttaches_AtOnce_AllSucceedApart()
    {
        await _server.SendAsync(HttpMethod.Post, "/v1/networks", """{"Name":"web"}""");
        for (var i = 0; i < 100; i++) _server.Engine.Kernel.AddNamespace($"/run/netns/c{i}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => _server.SendAsync(HttpMethod.Post, "/v1/attach",
            $$$"""{"Network":"web","NetnsPath":"/run/netns/c{{{i}}}","Owner":{"Engine":"test","Id":"{{{i}}}"},"Publish":[{"HostPort":0,"ContainerPort":80}]}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(100, answers.Select(answer => answer.Json.GetProperty("Addresses")[0].GetProperty("Address").GetString()).Distinct().Count());
        Assert.Equal(100, answers.Select(answer => answer.Json.GetProperty("Publications")[0].GetProperty("HostPort").GetInt32()).Distinct().Count());
        Assert.Contains("fairway_operation_duration_seconds_count{operation=\"attach\"} 100", (await _server.SendAsync(HttpMethod.Get, "/v1/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameAttach_Twice_IsOneEndpoint()
    {
        await _server.SendAsync(HttpMethod.Post, "/v1/networks", """{"Name":"web"}""");
        _server.Engine.Kernel.AddNamespace("/run/netns/c0");
        var request = """{"Network":"web","NetnsPath":"/run/netns/c0","Owner":{"Engine":"test","Id":"0"}}""";

        var answers = await Task.WhenAll(_server.SendAsync(HttpMethod.Post, "/v1/attach", request), _server.SendAsync(HttpMethod.Post, "/v1/attach", request));

        Assert.Equal(answers[0].Json.GetProperty("EndpointId").GetString(), answers[1].Json.GetProperty("EndpointId").GetString());
        Assert.Single(_server.Host.Endpoints);
    }

    [Fact]
    public async Task Stopping_LetsWhatHasBegunFinish()
    {
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        Hold(FakeOperation.NetworkApply, begun, go);
        var creating = _server.SendAsync(HttpMethod.Post, "/v1/networks", """{"Name":"web"}""");
        await begun.WaitAsync(Cancellation);

        var stopping = _server.Server.StopAsync(Cancellation);
        Assert.False(stopping.IsCompleted);
        go.Release();

        Assert.Equal(HttpStatusCode.Created, (await creating).Status);
        await stopping.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.False(File.Exists(_server.SocketPath));
    }

    /// <summary>Says when the kernel is asked for something for the first time, and has it wait.</summary>
    private void Hold(FakeOperation held, SemaphoreSlim begun, SemaphoreSlim go) => _server.Engine.Kernel.Before = operation =>
    {
        if (operation != held) return;
        _server.Engine.Kernel.Before = _ => { };
        begun.Release();
        go.Wait(TimeSpan.FromSeconds(30), Cancellation);
    };
}
