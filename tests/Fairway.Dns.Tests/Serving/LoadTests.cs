using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Tests.Fixtures;

namespace Fairway.Dns.Tests.Serving;

public sealed class LoadTests
{
    private const int Askers = 1000;

    private static readonly ResolverNetwork s_web = Tables.Network("web").With([.. Enumerable.Range(0, Askers).Select(i => $"c{i}: 10.1.{i / 250}.{i % 250 + 1}")]);

    [Fact]
    public async Task ThousandQueriesAtOnce_ForOwnNames_AreAllAnswered()
    {
        await using var served = new ServedNetwork(s_web);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, Askers).Select(i => served.AskAsync(new Ask($"c{i}.web"))));
        Assert.Equal(Enumerable.Range(0, Askers).Select(i => $"10.1.{i / 250}.{i % 250 + 1}"), answers.Select(answer => answer.Records.Single()));
    }

    [Fact]
    public async Task ThousandQueriesAtOnce_FromOneSocketBeforeAnyIsRead_AreAllAnswered()
    {
        await using var served = new ServedNetwork(s_web);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(1, 33, BitConverter.GetBytes(4 << 20));
        await socket.ConnectAsync(served.At, TestContext.Current.CancellationToken);
        for (int i = 0; i < Askers; i++)
            socket.Send(new Ask($"c{i}") { Id = (ushort)i }.Build());
        var answered = new HashSet<ushort>();
        byte[] reply = new byte[512];
        while (answered.Count < Askers)
        {
            int length = await socket.ReceiveAsync(reply).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            answered.Add(Answer.Parse(reply.AsSpan(0, length)).Header.Id);
        }
    }

    [Fact]
    public async Task ThousandQueriesAtOnce_ForTheOutside_AreAllAnswered_AndOwnNamesMeanwhile()
    {
        var release = new TaskCompletionSource();
        // Under load some may be asked again before all are there.
        var asked = new ConcurrentDictionary<string, bool>();
        await using var upstream = new ScriptedUpstream(async (query, _) =>
        {
            if (asked.TryAdd(Convert.ToHexString(query.AsSpan(12)), true) && asked.Count == Askers)
                release.SetResult();
            await release.Task;
            return [ScriptedUpstream.Address(query, last: query[13])];
        });
        await using var served = new ServedNetwork(s_web, new ResolverOptions
        {
            Upstreams = new FixedUpstreams { Current = new() { Servers = [upstream.EndPoint], Timeout = TimeSpan.FromSeconds(20) } },
        });
        Task<Answer[]> answers = Task.WhenAll(Enumerable.Range(0, Askers).Select(i => served.AskAsync(new Ask($"n{i}.example.com"))));
        Assert.Equal(["10.1.0.1"], (await served.AskAsync(new Ask("c0"))).Records);
        Assert.All(await answers, answer => Assert.Equal("192.0.2.110", answer.Records.Single()));
        Assert.Equal(Askers, served.Resolver.Statistics.Forwarded);
    }

    [Fact]
    public async Task OneClientWithTooManyOpen_IsRefused_AndOthersAreNot()
    {
        await using var upstream = new ScriptedUpstream((query, _) => query[13] == 'm'
            ? ScriptedUpstream.Answers(asked => ScriptedUpstream.Address(asked))(query, 0)
            : ScriptedUpstream.Silent(query, 0));
        await using var served = new ServedNetwork(s_web, new ResolverOptions
        {
            Upstreams = new FixedUpstreams { Current = new() { Servers = [upstream.EndPoint], Timeout = TimeSpan.FromSeconds(20) } },
        });
        using Socket greedy = ServedNetwork.Udp(new IPEndPoint(ServedNetwork.FreshAddress(), 0));
        for (int i = 0; i < 1100; i++)
            await greedy.SendToAsync(new Ask($"x{i}.example.com") { PayloadSize = 1232 }.Build(), served.At);
        byte[] reply = new byte[1500];
        int length = await greedy.ReceiveAsync(reply).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains("too many queries of", Answer.Parse(reply.AsSpan(0, length)).Explanation, StringComparison.Ordinal);
        Assert.Equal(["192.0.2.1"], (await served.AskAsync(new Ask("modest.example.com"))).Records);
    }

    [Fact]
    public async Task SlowUpstream_DelaysOnlyWhatItIsAsked()
    {
        await using var slow = new ScriptedUpstream(ScriptedUpstream.Silent);
        await using var quick = new ScriptedUpstream(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, ttl: 0)));
        await using var served = new ServedNetwork(s_web, slow.EndPoint, quick.EndPoint);
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < 50; i++)
            await served.AskAsync(new Ask("example.com"));
        // Three times 300 ms until the slow one is asked last; then it is tried every ten seconds.
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        Assert.InRange(slow.Seen.Count, 3, 3 + (int)(elapsed.TotalSeconds / 10));
    }
}
