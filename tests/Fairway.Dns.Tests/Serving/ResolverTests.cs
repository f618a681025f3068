using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Tests.Fixtures;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Serving;

public sealed class ResolverTests
{
    private static readonly ResolverNetwork s_web = Tables.Network("web").With("c1 www: 10.1.0.2 fd00:1::2", "c2 www: 10.1.0.3");

    [Fact]
    public async Task OwnNames_AreAnswered()
    {
        await using var served = new ServedNetwork(s_web);
        Assert.Equal(["10.1.0.2"], (await served.AskAsync(new Ask("c1"))).Records);
        Assert.Equal(["fd00:1::2"], (await served.AskAsync(new Ask("c1.web", Ask.Aaaa))).Records);
        Assert.Equal(["c2.web"], (await served.AskAsync(new Ask("3.0.1.10.in-addr.arpa", Ask.Ptr))).Records);
        Assert.Equal(ResponseCode.NameError, (await served.AskAsync(new Ask("nobody"))).Code);
    }

    [Fact]
    public async Task V6Socket_AnswersAlike()
    {
        await using var served = new ServedNetwork(s_web, new ResolverOptions { Upstreams = new FixedUpstreams() }, new IPEndPoint(IPAddress.IPv6Loopback, 0));
        Assert.Equal(["10.1.0.2"], (await served.AskAsync(new Ask("c1"))).Records);
        using TcpAsker asker = await served.ConnectAsync();
        await asker.SendAsync(new Ask("c1"));
        Assert.Equal(["10.1.0.2"], (await asker.ReceiveAsync()).Records);
    }

    [Fact]
    public async Task Changes_AreSeenByTheNextQuery()
    {
        await using var served = new ServedNetwork(s_web);
        ResolverEndpoint fresh = Tables.Endpoint("c3: 10.1.0.4");
        served.Resolver.SetEndpoint(1, fresh);
        Assert.Equal(["10.1.0.4"], (await served.AskAsync(new Ask("c3"))).Records);
        served.Resolver.SetEndpoint(1, fresh with { Addresses = [IPAddress.Parse("10.1.0.5")] });
        Assert.Equal(["10.1.0.5"], (await served.AskAsync(new Ask("c3"))).Records);
        served.Resolver.RemoveEndpoint(1, fresh.Id);
        Assert.Equal(ResponseCode.NameError, (await served.AskAsync(new Ask("c3"))).Code);
        served.Resolver.Update(Tables.Network("web").With("new: 10.1.0.9"));
        Assert.Equal(["10.1.0.9"], (await served.AskAsync(new Ask("new"))).Records);
        Assert.Equal(ResponseCode.NameError, (await served.AskAsync(new Ask("c1"))).Code);
    }

    [Fact]
    public async Task NamesOfOtherNetworks_AreSeenByThoseWhoAreOnBoth_AndByNobodyElse()
    {
        await using var served = new ServedNetwork(s_web);
        IPAddress onBoth = ServedNetwork.FreshAddress(), elsewhere = ServedNetwork.FreshAddress();
        var place = Guid.NewGuid();
        ResolverEndpoint member = Tables.Endpoint("here: 10.2.0.9", place);
        served.Resolver.SetEndpoint(1, new ResolverEndpoint(Guid.NewGuid(), "me", [], [onBoth], place));
        served.Resolver.AddNetwork(Tables.Network("inner", forwards: false, number: 2, subnets: "10.2.0.0/16").With("db: 10.2.0.2").With(member), []);

        Assert.Equal(["10.2.0.2"], (await AskFromAsync(onBoth, served.At)).Records);
        Assert.Equal(ResponseCode.NameError, (await AskFromAsync(elsewhere, served.At)).Code);
        served.Resolver.RemoveEndpoint(2, member.Id);
        Assert.Equal(ResponseCode.NameError, (await AskFromAsync(onBoth, served.At)).Code);

        static async Task<Answer> AskFromAsync(IPAddress from, IPEndPoint at)
        {
            using Socket socket = ServedNetwork.Udp(new IPEndPoint(from, 0));
            await socket.SendToAsync(new Ask("db").Build(), at);
            byte[] reply = new byte[512];
            return Answer.Parse(reply.AsSpan(0, await socket.ReceiveAsync(reply).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task OutsideNames_AreForwarded_AndFailuresExplained()
    {
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        await using var served = new ServedNetwork(s_web, upstream.EndPoint);
        Answer answer = await served.AskAsync(new Ask("example.com") { Id = 77 });
        Assert.Equal((77, "192.0.2.1"), (answer.Header.Id, answer.Records.Single()));

        await using var lonely = new ServedNetwork(s_web);
        Answer failure = await lonely.AskAsync(new Ask("example.com") { PayloadSize = 1232 });
        Assert.Equal(ResponseCode.ServerFailure, failure.Code);
        Assert.Equal("22: the host has no name server to ask", failure.Explanation);
    }

    [Fact]
    public async Task InternalNetwork_AsksNobody()
    {
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        await using var served = new ServedNetwork(Tables.Network("inner", forwards: false).With("c1: 10.1.0.2"), upstream.EndPoint);
        Answer answer = await served.AskAsync(new Ask("example.com") { PayloadSize = 1232 });
        Assert.Equal(ResponseCode.NameError, answer.Code);
        Assert.StartsWith("15: network 'inner' has no way out", answer.Explanation, StringComparison.Ordinal);
        Assert.Equal(["10.1.0.2"], (await served.AskAsync(new Ask("c1"))).Records);
        Assert.Empty(upstream.Seen);
    }

    [Fact]
    public async Task AnswerThatDoesNotFitADatagram_ComesByTcp()
    {
        ResolverNetwork many = Tables.Network("web").With([.. Enumerable.Range(0, 500).Select(i => $"c{i} all: 10.1.{i / 250}.{i % 250 + 1}")]);
        await using var served = new ServedNetwork(many);
        byte[] query = new Ask("all").Build();
        byte[] reply = await served.AskAsync(query);
        Assert.InRange(reply.Length, 400, 512);
        Assert.True(Answer.Parse(reply).Header.Has(HeaderFlags.Truncated));
        Assert.InRange((await served.AskAsync(new Ask("all") { PayloadSize = 65000 }.Build())).Length, 1000, 1232);
        using TcpAsker asker = await served.ConnectAsync();
        await asker.SendRawAsync(TcpAsker.Frame(query));
        Assert.Equal(500, (await asker.ReceiveAsync()).Addresses.Distinct().Count());
    }

    [Fact]
    public async Task ForwardedAnswerThatDoesNotFit_ComesByTcp_FromTheCache()
    {
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Answers(ScriptedUpstream.Truncated),
            ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, count: 200)));
        await using var served = new ServedNetwork(s_web, upstream.EndPoint);
        Answer cut = await served.AskAsync(new Ask("example.com"));
        Assert.True(cut.Header.Has(HeaderFlags.Truncated));
        Assert.Empty(cut.Records);
        using TcpAsker asker = await served.ConnectAsync();
        await asker.SendAsync(new Ask("example.com"));
        Assert.Equal(200, (await asker.ReceiveAsync()).Records.Count);
        Assert.Equal(2, upstream.Seen.Count);
    }

    [Fact]
    public async Task WhatIsNoQuery_IsAnsweredAsFarAsItCanBe_OrNotAtAll()
    {
        await using var served = new ServedNetwork(s_web);
        byte[] response = new Ask("c1") { Bits = 0x8100 }.Build(), update = new Ask("c1") { Bits = 0x2800 }.Build();
        Assert.Equal(ResponseCode.NotImplemented, Answer.Parse(await served.AskAsync(update)).Code);
        byte[] broken = [.. new Ask("c1").Build()[..^3]];
        Assert.Equal(ResponseCode.FormatError, Answer.Parse(await served.AskAsync(broken)).Code);

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(served.At, TestContext.Current.CancellationToken);
        foreach (byte[] silent in (byte[][])[response, [], [1], [.. response[..11]]])
            await socket.SendAsync(silent);
        await socket.SendAsync(new Ask("c1") { Id = 99 }.Build());
        byte[] first = new byte[512];
        await socket.ReceiveAsync(first).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(99, first[1]);
        Assert.Equal(6, served.Resolver.Statistics.Malformed);
    }

    [Fact]
    public async Task Noise_DoesNotHarm()
    {
        await using var served = new ServedNetwork(s_web);
        var random = new Random(4);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        byte[] sound = new Ask("c1.web") { PayloadSize = 1232 }.Build();
        for (int i = 0; i < 5000; i++)
        {
            byte[] noise = [.. sound];
            noise[random.Next(noise.Length)] = (byte)random.Next(256);
            noise[random.Next(noise.Length)] = (byte)random.Next(256);
            await socket.SendToAsync(noise, served.At);
        }
        Assert.Equal(["10.1.0.2"], (await served.AskAsync(new Ask("c1"))).Records);
    }

    [Fact]
    public async Task Statistics_CountWhatHappened()
    {
        await using var upstream = new ScriptedUpstream(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        await using var served = new ServedNetwork(s_web, upstream.EndPoint);
        foreach (string name in (string[])["c1", "nobody", "example.com", "example.com", "other.com"])
            await served.AskAsync(new Ask(name));
        ResolverStatistics statistics = served.Resolver.Statistics;
        Assert.Equal(5, statistics.Queries[1]);
        Assert.Equal((2, 2, 1, 0), (statistics.AnsweredHere, statistics.Forwarded, statistics.CacheHits, statistics.Failures));
    }

    [Fact]
    public async Task AddNetwork_WhatCannotBeServed_IsRefused()
    {
        await using var served = new ServedNetwork(s_web);
        using Socket wildcard = ServedNetwork.Udp(new IPEndPoint(IPAddress.Any, 0));
        Assert.Contains("not bound to one address",
            Assert.Throws<ArgumentException>(() => served.Resolver.AddNetwork(Tables.Network("b", number: 2), [wildcard])).Message, StringComparison.Ordinal);
        Assert.Contains("is served already", Assert.Throws<ArgumentException>(() => served.Resolver.AddNetwork(s_web, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveNetwork_ClosesItsSockets_AndLeavesTheOthers()
    {
        await using var served = new ServedNetwork(s_web);
        Socket other = ServedNetwork.Udp(new IPEndPoint(ServedNetwork.FreshAddress(), 0));
        var at = (IPEndPoint)other.LocalEndPoint!;
        served.Resolver.AddNetwork(Tables.Network("b", number: 2), [other]);
        await served.Resolver.RemoveNetworkAsync(2);
        using (ServedNetwork.Udp(at))
            Assert.Equal(["10.1.0.2"], (await served.AskAsync(new Ask("c1"))).Records);
        await served.Resolver.RemoveNetworkAsync(2);
        Assert.Equal([1u], served.Resolver.Statistics.Queries.Keys);
    }
}
