using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Tests.Fixtures;

namespace Fairway.Dns.Tests.Serving;

public sealed class TcpTests
{
    private static readonly ResolverNetwork s_web = Tables.Network("web").With([.. Enumerable.Range(0, 3000).Select(i => $"c{i} all: 10.1.{i / 250}.{i % 250 + 1}")]);

    [Fact]
    public async Task Pipelined_QueriesAreAllAnswered_EachWhenItsAnswerIsThere()
    {
        var release = new TaskCompletionSource();
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Silent, async (query, _) =>
        {
            await release.Task;
            return [ScriptedUpstream.Address(query)];
        });
        await using var served = new ServedNetwork(s_web, upstream.EndPoint);
        using TcpAsker asker = await served.ConnectAsync();
        await asker.SendRawAsync([.. TcpAsker.Frame(new Ask("example.com") { Id = 1 }.Build()), .. TcpAsker.Frame(new Ask("c1") { Id = 2 }.Build()),
            .. TcpAsker.Frame(new Ask("c2") { Id = 3 }.Build())]);
        Assert.Equal(2, (await asker.ReceiveAsync()).Header.Id);
        Assert.Equal(3, (await asker.ReceiveAsync()).Header.Id);
        release.SetResult();
        Assert.Equal(1, (await asker.ReceiveAsync()).Header.Id);
    }

    [Fact]
    public async Task Query_ThatComesByteByByte_IsAnswered()
    {
        await using var served = new ServedNetwork(s_web);
        using TcpAsker asker = await served.ConnectAsync();
        foreach (byte value in TcpAsker.Frame(new Ask("c1").Build()))
            await asker.SendRawAsync(value);
        Assert.Equal(["10.1.0.2"], (await asker.ReceiveAsync()).Records);
    }

    [Fact]
    public async Task ClientThatSaidItsLastWord_StillGetsItsAnswers()
    {
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Silent, ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        await using var served = new ServedNetwork(s_web, upstream.EndPoint);
        using TcpAsker asker = await served.ConnectAsync();
        await asker.SendAsync(new Ask("example.com"));
        asker.EndSending();
        Assert.Equal(["192.0.2.1"], (await asker.ReceiveAsync()).Records);
        Assert.Null(await asker.ReceiveBytesAsync());
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 20, 1, 2, 3 })]
    public async Task SilentClient_IsLetGo(byte[] sent)
    {
        var time = new WatchedTime();
        await using var served = new ServedNetwork(s_web, new ResolverOptions { Upstreams = new FixedUpstreams(), Time = time, IdleTimeout = TimeSpan.FromSeconds(7) });
        using TcpAsker asker = await served.ConnectAsync();
        await asker.SendRawAsync(sent);
        Task<byte[]?> received = asker.ReceiveBytesAsync();
        while (!received.IsCompleted && await Task.WhenAny(received, time.PassAsync()) != received)
        {
            // Once for the length, once for the message.
        }
        Assert.Null(await received);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("outside.example.com")]
    public async Task ClientThatDoesNotRead_IsLetGo_AndDelaysNobody(string name)
    {
        var time = new WatchedTime();
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Silent, ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, count: 255)));
        await using var served = new ServedNetwork(s_web, new ResolverOptions { Upstreams = new FixedUpstreams(upstream.EndPoint), Time = time });
        using var lazy = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await lazy.ConnectAsync(served.At, TestContext.Current.CancellationToken);
        byte[] queries = [.. Enumerable.Repeat(TcpAsker.Frame(new Ask(name).Build()), 100).SelectMany(query => query)];
        Task flood = FloodAsync();
        for (int i = 0; i < 100; i++)
            Assert.Equal(["10.1.0.2"], (await served.AskAsync(new Ask("c1"))).Records);
        using TcpAsker other = await served.ConnectAsync();
        await other.SendAsync(new Ask("c1"));
        Assert.Equal(["10.1.0.2"], (await other.ReceiveAsync()).Records);
        while (!flood.IsCompleted && await Task.WhenAny(flood, time.PassAsync()) != flood)
        {
            // Until the time to take an answer is over.
        }
        await Assert.ThrowsAnyAsync<SocketException>(() => flood);

        async Task FloodAsync()
        {
            for (int i = 0; i < 100_000; i++)
                await lazy.SendAsync(queries);
        }
    }

    [Fact]
    public async Task OneClient_CannotTakeAllConnections()
    {
        await using var served = new ServedNetwork(s_web);
        IPAddress greedy = ServedNetwork.FreshAddress(), modest = ServedNetwork.FreshAddress();
        var connections = new List<TcpAsker>();
        for (int i = 0; i < 33; i++)
            connections.Add(await served.ConnectAsync(greedy));
        Assert.Null(await connections[^1].ReceiveBytesAsync());
        using TcpAsker other = await served.ConnectAsync(modest);
        await other.SendAsync(new Ask("c1"));
        Assert.Equal(["10.1.0.2"], (await other.ReceiveAsync()).Records);
        await connections[0].SendAsync(new Ask("c1"));
        Assert.Equal(["10.1.0.2"], (await connections[0].ReceiveAsync()).Records);
        Assert.Equal(1, served.Resolver.Statistics.Overloads);
        connections.ForEach(connection => connection.Dispose());
    }
}
