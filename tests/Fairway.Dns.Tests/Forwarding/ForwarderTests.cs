using Fairway.Dns.Forwarding;
using Fairway.Dns.Tests.Fixtures;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Forwarding;

public sealed class ForwarderTests : IAsyncDisposable
{
    private readonly WatchedTime _time = new();
    private readonly Counters _counters = new();
    private readonly List<string> _log = [];
    private readonly List<ScriptedUpstream> _upstreams = [];
    private readonly FixedUpstreams _source = new();
    private Forwarder? _forwarder;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _forwarder?.Dispose();
        foreach (ScriptedUpstream upstream in _upstreams)
            await upstream.DisposeAsync();
    }

    [Fact]
    public async Task Ask_AnUpstreamThatAnswers_GivesItsBytes()
    {
        ScriptedUpstream upstream = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        byte[] query = new Ask("example.com") { Id = 7, PayloadSize = 1400 }.Build();
        Assert.Equal(["192.0.2.1"], (await AnswerAsync(query)).Records);
        byte[] seen = upstream.Seen.Single().Query;
        Assert.Equal(query[2..], seen[2..]);
    }

    [Fact]
    public async Task Ask_ManyTimes_NeverUsesTheSameIdAndPortTwice()
    {
        ScriptedUpstream upstream = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, ttl: 0)));
        for (int i = 0; i < 20; i++)
            await AnswerAsync(new Ask("example.com").Build());
        Assert.InRange(upstream.Seen.Select(seen => (seen.Query[0] << 8) | seen.Query[1]).Distinct().Count(), 18, 20);
    }

    [Fact]
    public async Task Ask_TheSameAtTheSameTime_AsksOnce()
    {
        var release = new TaskCompletionSource();
        ScriptedUpstream upstream = Serve(async (query, _) =>
        {
            await release.Task;
            return [ScriptedUpstream.Address(query)];
        });
        Task<Answer>[] askers = [.. Enumerable.Range(0, 50).Select(i => AnswerAsync(new Ask(i % 2 == 0 ? "example.com" : "EXAMPLE.com").Build()))];
        release.SetResult();
        Assert.All(await Task.WhenAll(askers), answer => Assert.Equal(["192.0.2.1"], answer.Records));
        Assert.Single(upstream.Seen);
        Assert.Equal((1, 49), (_counters.Forwarded, _counters.Shared));
    }

    [Fact]
    public async Task Ask_Again_IsAnsweredFromTheCache_UntilTheTtlIsOver()
    {
        ScriptedUpstream upstream = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, ttl: 30)));
        await AnswerAsync(new Ask("example.com").Build());
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal([1u], (await AnswerAsync(new Ask("example.com").Build())).Ttls);
        Assert.Single(upstream.Seen);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AnswerAsync(new Ask("example.com").Build());
        Assert.Equal(2, upstream.Seen.Count);
    }

    [Fact]
    public async Task Ask_WithEdnsOptions_IsNeitherSharedNorKept()
    {
        ScriptedUpstream upstream = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        byte[] query = new Ask("example.com") { PayloadSize = 1232, Options = [0, 10, 0, 2, 1, 2] }.Build();
        await AnswerAsync(query);
        await AnswerAsync(query);
        Assert.Equal(2, upstream.Seen.Count);
    }

    [Fact]
    public async Task Ask_ASilentUpstream_AsksTheNextAfter300Milliseconds()
    {
        Serve(ScriptedUpstream.Silent);
        Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, last: 2)));
        Task<Answer> answer = AnswerAsync(new Ask("example.com").Build());
        Assert.Equal(TimeSpan.FromMilliseconds(300), await _time.PassAsync());
        Assert.Equal(["192.0.2.2"], (await answer).Records);
    }

    [Fact]
    public async Task Ask_ASlowUpstream_StillWins_WhenTheNextIsSilent()
    {
        var release = new TaskCompletionSource();
        Serve(async (query, _) =>
        {
            await release.Task;
            return [ScriptedUpstream.Address(query)];
        });
        Serve((_, _) =>
        {
            release.SetResult();
            return ScriptedUpstream.Silent([], 0);
        });
        Task<Answer> answer = AnswerAsync(new Ask("example.com").Build());
        await _time.PassAsync();
        Assert.Equal(["192.0.2.1"], (await answer).Records);
    }

    [Fact]
    public async Task Ask_ADeadUpstream_AsksTheNextAtOnce()
    {
        ScriptedUpstream dead = Serve(ScriptedUpstream.Silent);
        await dead.DisposeAsync();
        Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, last: 2)));
        Assert.Equal(["192.0.2.2"], (await AnswerAsync(new Ask("example.com").Build())).Records);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Ask_AnUpstreamThatRefuses_AsksTheNextAtOnce(int code)
    {
        Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, code: code)));
        Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, last: 2)));
        Assert.Equal(["192.0.2.2"], (await AnswerAsync(new Ask("example.com").Build())).Records);
    }

    [Fact]
    public async Task Ask_AllUpstreamsRefuse_GivesTheirRefusal_WithoutASecondRound()
    {
        ScriptedUpstream one = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, code: 2)));
        ScriptedUpstream two = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, code: 5)));
        Assert.Equal(ResponseCode.Refused, (await AnswerAsync(new Ask("example.com").Build())).Code);
        Assert.Equal((1, 1), (one.Seen.Count, two.Seen.Count));
    }

    [Fact]
    public async Task Ask_AFailureWithoutTheQuestion_IsAnAnswerToo()
    {
        Serve(ScriptedUpstream.Answers(query => [query[0], query[1], 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal(ResponseCode.FormatError, (await AnswerAsync(new Ask("example.com").Build())).Code);
    }

    [Fact]
    public async Task Ask_NoSuchName_IsAnAnswer()
    {
        Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, code: 3)));
        ScriptedUpstream two = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        Assert.Equal(ResponseCode.NameError, (await AnswerAsync(new Ask("example.com").Build())).Code);
        Assert.Empty(two.Seen);
    }

    [Fact]
    public async Task Ask_LiesBeforeTheAnswer_AreNotBelieved()
    {
        Serve((query, _) =>
        {
            byte[] truth = ScriptedUpstream.Address(query, last: 1), wrongId = ScriptedUpstream.Address(query, last: 66);
            wrongId[1] ^= 1;
            byte[] otherName = ScriptedUpstream.Address(query, last: 66);
            otherName[13] = (byte)'X';
            byte[] aQuery = ScriptedUpstream.Address(query, last: 66);
            aQuery[2] &= 0x7f;
            return Task.FromResult<IEnumerable<byte[]>>([wrongId, otherName, aQuery, [], [1, 2, 3], truth]);
        });
        Assert.Equal(["192.0.2.1"], (await AnswerAsync(new Ask("example.com").Build())).Records);
    }

    [Fact]
    public async Task Ask_TooManyLies_GoesOnByTcp()
    {
        ScriptedUpstream upstream = Serve(
            (query, _) => Task.FromResult(Enumerable.Range(1, 40).Select(i =>
            {
                byte[] guess = ScriptedUpstream.Address(query, last: 66);
                guess[0] ^= (byte)i;
                return guess;
            })),
            ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        Assert.Equal(["192.0.2.1"], (await AnswerAsync(new Ask("example.com").Build())).Records);
        Assert.Equal(["udp", "tcp"], upstream.Seen.Select(seen => seen.Transport));
    }

    [Fact]
    public async Task Ask_ATruncatedAnswer_IsFetchedByTcp()
    {
        ScriptedUpstream upstream = Serve(ScriptedUpstream.Answers(ScriptedUpstream.Truncated),
            ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, count: 200)));
        Assert.Equal(200, (await AnswerAsync(new Ask("example.com").Build())).Records.Count);
        Assert.Equal(["udp", "tcp"], upstream.Seen.Select(seen => seen.Transport));
    }

    [Fact]
    public async Task Ask_ATruncatedAnswer_WithoutTcp_IsGivenAsItIs()
    {
        Serve(ScriptedUpstream.Answers(ScriptedUpstream.Truncated));
        Assert.True((await AnswerAsync(new Ask("example.com").Build())).Header.Has(HeaderFlags.Truncated));
    }

    [Fact]
    public async Task Ask_ByTcp_AsksByTcp_AndByUdpWhereThereIsNone()
    {
        ScriptedUpstream upstream = Serve(ScriptedUpstream.Silent, ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        await AnswerAsync(new Ask("example.com").Build(), byTcp: true);
        Assert.Equal(["tcp"], upstream.Seen.Select(seen => seen.Transport));

        ScriptedUpstream udpOnly = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, last: 9)));
        _source.Current = _source.Current with { Servers = [udpOnly.EndPoint] };
        Assert.Equal(["192.0.2.9"], (await AnswerAsync(new Ask("example.com").Build(), byTcp: true)).Records);
    }

    [Fact]
    public async Task Ask_NobodyAnswers_SaysWho_AfterFourSecondsAndThreeRounds()
    {
        ScriptedUpstream one = Serve(ScriptedUpstream.Silent), two = Serve(ScriptedUpstream.Silent);
        Task<ForwardedAnswer> answer = AskAsync(new Ask("example.com").Build());
        int[] waits = await WaitsAsync(6);
        Assert.Equal([300, 700, 300, 1700, 300, 700], waits);
        string failure = (await answer).Failure!;
        Assert.Contains(one.EndPoint.ToString(), failure, StringComparison.Ordinal);
        Assert.Contains(two.EndPoint.ToString(), failure, StringComparison.Ordinal);
        Assert.Equal((6, 1), (_counters.TimeOuts, _counters.Failures));
    }

    [Fact]
    public async Task Ask_EverythingRefusesConnections_TriesAgainAfterAPause()
    {
        ScriptedUpstream dead = Serve(ScriptedUpstream.Silent);
        await dead.DisposeAsync();
        Task<ForwardedAnswer> answer = AskAsync(new Ask("example.com").Build());
        // Nobody waits for a round to end once everybody refused; only the pause between two rounds passes.
        int[] waits = [await GivenUpAsync(), .. await WaitsAsync(1), await GivenUpAsync(), .. await WaitsAsync(1), await GivenUpAsync()];
        Assert.Equal([1000, 500, 2000, 500, 1000], waits);
        Assert.Contains("refused", (await answer).Failure, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ask_AQueryIsLost_AsksAgainAfterASecond()
    {
        ScriptedUpstream upstream = Serve((query, number) => number == 1
            ? ScriptedUpstream.Silent(query, number)
            : ScriptedUpstream.Answers(asked => ScriptedUpstream.Address(asked))(query, number));
        Task<Answer> answer = AnswerAsync(new Ask("example.com").Build());
        int[] waits = await WaitsAsync(1);
        Assert.Equal([1000], waits);
        Assert.Equal(["192.0.2.1"], (await answer).Records);
        Assert.Equal(2, upstream.Seen.Count);
    }

    [Fact]
    public async Task Ask_NoUpstream_FailsAtOnce() => Assert.Contains("no name server", (await AskAsync(new Ask("example.com").Build())).Failure, StringComparison.Ordinal);

    [Fact]
    public async Task Ask_AnUpstreamThatIsOurselves_IsLeftOut()
    {
        ScriptedUpstream ours = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        _forwarder = new Forwarder(_source, server => server.Equals(ours.EndPoint), _counters, _time, null);
        Assert.NotNull((await AskAsync(new Ask("example.com").Build())).Failure);
        Assert.Empty(ours.Seen);
    }

    [Fact]
    public async Task SlowUpstream_IsAskedLast_AfterThreeMisses_AndFirstAgain_WhenItIsBack()
    {
        bool isBack = false;
        ScriptedUpstream slow = Serve((query, _) => isBack ? ScriptedUpstream.Answers(asked => ScriptedUpstream.Address(asked, ttl: 0))(query, 0) : ScriptedUpstream.Silent(query, 0));
        Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, last: 2, ttl: 0)));
        for (int i = 0; i < 3; i++)
        {
            Task<Answer> answer = AnswerAsync(new Ask("example.com").Build());
            await _time.PassAsync(only: TimeSpan.FromMilliseconds(300));
            Assert.Equal(["192.0.2.2"], (await answer).Records);
            await slow.HasSeenAsync(i + 1);
        }
        Assert.Contains("is asked last", _log.Single(), StringComparison.Ordinal);
        Assert.Equal(["192.0.2.2"], (await AnswerAsync(new Ask("example.com").Build())).Records);
        Assert.Equal(3, slow.Seen.Count);

        // It is tried beside the next question, which does not wait for it.
        isBack = true;
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["192.0.2.2"], (await AnswerAsync(new Ask("example.com").Build())).Records);
        while ((await AnswerAsync(new Ask("example.com").Build())).Records.Single() != "192.0.2.1")
            await Task.Yield();
        Assert.Equal(4, slow.Seen.Count - 1);
        Assert.Contains("answers again", _log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_BeginsWithAnotherUpstreamEachTime()
    {
        ScriptedUpstream one = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, ttl: 0)));
        ScriptedUpstream two = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, ttl: 0)));
        _source.Current = _source.Current with { Rotate = true };
        for (int i = 0; i < 6; i++)
            await AnswerAsync(new Ask("example.com").Build());
        Assert.Equal((3, 3), (one.Seen.Count, two.Seen.Count));
    }

    [Fact]
    public async Task ServersChange_NewOnesAreAsked_AndOldAnswersForgotten()
    {
        Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query)));
        await AnswerAsync(new Ask("example.com").Build());
        ScriptedUpstream other = Serve(ScriptedUpstream.Answers(query => ScriptedUpstream.Address(query, last: 2)));
        _source.Current = _source.Current with { Servers = [other.EndPoint] };
        Assert.Equal(["192.0.2.2"], (await AnswerAsync(new Ask("example.com").Build())).Records);
        Assert.Contains(other.EndPoint.ToString(), _log.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asker_ThatGivesUp_DoesNotTakeTheAnswerFromOthers()
    {
        var release = new TaskCompletionSource();
        Serve(async (query, _) =>
        {
            await release.Task;
            return [ScriptedUpstream.Address(query)];
        });
        using var gone = new CancellationTokenSource();
        Task<ForwardedAnswer> first = AskAsync(new Ask("example.com").Build(), cancellation: gone.Token);
        Task<Answer> second = AnswerAsync(new Ask("example.com").Build());
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();
        Assert.Equal(["192.0.2.1"], (await second).Records);
    }

    private ScriptedUpstream Serve(ScriptedUpstream.Script byUdp, ScriptedUpstream.Script? byTcp = null)
    {
        var upstream = new ScriptedUpstream(byUdp, byTcp);
        _upstreams.Add(upstream);
        _source.Current = _source.Current with { Servers = [.. _upstreams.Select(known => known.EndPoint)] };
        return upstream;
    }

    private Task<ForwardedAnswer> AskAsync(byte[] query, bool byTcp = false, CancellationToken? cancellation = null)
    {
        _forwarder ??= new Forwarder(_source, _ => false, _counters, _time, line =>
        {
            lock (_log)
                _log.Add(line);
        });
        return _forwarder.AskAsync(new ForwardedQuery(query, Query.Parse(query), byTcp), cancellation ?? Cancellation);
    }

    private async Task<int[]> WaitsAsync(int count)
    {
        var waits = new List<int>();
        for (int i = 0; i < count; i++)
            waits.Add((int)(await _time.PassAsync()).TotalMilliseconds);
        return [.. waits];
    }

    private async Task<int> GivenUpAsync() => (int)(await _time.GivenUpAsync()).TotalMilliseconds;

    private async Task<Answer> AnswerAsync(byte[] query, bool byTcp = false)
    {
        ForwardedAnswer answer = await AskAsync(query, byTcp).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return Answer.Parse(answer.Message ?? throw new InvalidDataException(answer.Failure));
    }
}
