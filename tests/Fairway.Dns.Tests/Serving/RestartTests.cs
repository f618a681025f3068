using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Tests.Fixtures;

namespace Fairway.Dns.Tests.Serving;

public sealed class RestartTests
{
    private static readonly ResolverNetwork s_web = Tables.Network("web").With("c1: 10.1.0.2");

    [Fact]
    public async Task QueriesWhileItRestarts_AreAnsweredAfterIt()
    {
        var first = new ServedNetwork(s_web);
        // Connections of before must not be in the way of the listener of after.
        using TcpAsker open = await first.ConnectAsync();
        await open.SendAsync(new Ask("c1"));
        await open.ReceiveAsync();
        IPEndPoint at = first.At;
        await first.DisposeAsync();
        Assert.Null(await open.ReceiveBytesAsync());

        Task<Answer>[] askers = [.. Enumerable.Range(0, 100).Select(_ => AskUntilAnsweredAsync(at))];
        await using var second = new ServedNetwork(s_web, new ResolverOptions { Upstreams = new FixedUpstreams() }, at);
        Assert.All(await Task.WhenAll(askers), answer => Assert.Equal(["10.1.0.2"], answer.Records));
        using TcpAsker again = await second.ConnectAsync();
        await again.SendAsync(new Ask("c1"));
        Assert.Equal(["10.1.0.2"], (await again.ReceiveAsync()).Records);
    }

    [Fact]
    public async Task Dispose_WithQueriesOpen_EndsThem()
    {
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Silent, ScriptedUpstream.Silent);
        var served = new ServedNetwork(s_web, upstream.EndPoint);
        using TcpAsker asker = await served.ConnectAsync();
        await asker.SendAsync(new Ask("example.com"));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.SendToAsync(new Ask("example.org").Build(), served.At);
        while (served.Resolver.Statistics.Forwarded < 2)
            await Task.Yield();
        await served.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Null(await asker.ReceiveBytesAsync());
    }

    // As a C library does, with less patience.
    private static async Task<Answer> AskUntilAnsweredAsync(IPEndPoint at)
    {
        using var socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        byte[] reply = new byte[512];
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMilliseconds(100));
            try
            {
                await socket.SendToAsync(new Ask("c1").Build(), at);
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(reply, new IPEndPoint(IPAddress.Any, 0), patience.Token);
                return Answer.Parse(reply.AsSpan(0, received.ReceivedBytes));
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // Once more.
            }
        }
    }
}
