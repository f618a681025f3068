using System.Buffers.Binary;
using Fairway.Dns.Forwarding;
using Fairway.Dns.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Fairway.Dns.Tests.Forwarding;

public sealed class AnswerCacheTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryGet_WithinTheTtl_GivesWhatIsLeftOfIt()
    {
        var cache = new AnswerCache(_time);
        Ask ask = new("example.com");
        byte[] answer = ScriptedUpstream.Address(ask.Build(), ttl: 60);
        answer[2] |= 4; // authoritative
        cache.Add(Key(ask), answer);
        _time.Advance(TimeSpan.FromSeconds(25.9));
        Assert.True(cache.TryGet(Key(ask), out byte[]? kept));
        Assert.Equal([35u], Answer.Parse(kept).Ttls);
        Assert.Equal(0, kept[2] & 4);
        _time.Advance(TimeSpan.FromSeconds(34.1));
        Assert.False(cache.TryGet(Key(ask), out _));
    }

    [Fact]
    public void TryGet_AnotherCase_IsTheSameQuestion_AndAnotherQuestionIsNot()
    {
        var cache = new AnswerCache(_time);
        cache.Add(Key(new Ask("Example.com")), ScriptedUpstream.Address(new Ask("Example.com").Build()));
        Assert.True(cache.TryGet(Key(new Ask("eXample.com")), out _));
        Assert.False(cache.TryGet(Key(new Ask("example.com", Ask.Aaaa)), out _));
        Assert.False(cache.TryGet(Key(new Ask("example.com") { PayloadSize = 1232 }), out _));
        Assert.False(cache.TryGet(Key(new Ask("example.com") { Bits = 0x0110 }), out _));
    }

    [Fact]
    public void Add_BeyondTheBound_DropsTheOneNotAskedForLongest()
    {
        var cache = new AnswerCache(_time);
        for (int i = 0; i < 4096; i++)
            Keep(i);
        Assert.True(cache.TryGet(Key(new Ask("n0")), out _));
        Keep(4096);
        Assert.True(cache.TryGet(Key(new Ask("n0")), out _));
        Assert.False(cache.TryGet(Key(new Ask("n1")), out _));
        Assert.True(cache.TryGet(Key(new Ask("n4096")), out _));

        void Keep(int i) => cache.Add(Key(new Ask($"n{i}")), ScriptedUpstream.Address(new Ask($"n{i}").Build()));
    }

    [Fact]
    public void Add_AnswersOf64Kilobytes_StayWithinTheBoundOfBytes()
    {
        var cache = new AnswerCache(_time);
        for (int i = 0; i < 100; i++)
            cache.Add(Key(new Ask($"n{i}")), [.. ScriptedUpstream.Address(new Ask($"n{i}").Build()), .. new byte[65_000]]);
        Assert.False(cache.TryGet(Key(new Ask("n35")), out _));
        Assert.True(cache.TryGet(Key(new Ask("n36")), out _));
    }

    [Theory]
    [InlineData(0, 3, 300u, 900u, 300u)] // no such name, for at most five minutes
    [InlineData(0, 0, 300u, 20u, 20u)] // no such record
    [InlineData(0, 0, 10u, 900u, 10u)]
    [InlineData(1, 0, 300u, 900u, 60u)] // an alias of something without such a record
    [InlineData(0, 2, 300u, 900u, 0u)] // a failure is not kept
    [InlineData(0, 5, 300u, 900u, 0u)]
    public void AnswerRecords_Negative_LiveAsLongAsTheSoaSays(int answers, int code, uint ttl, uint minimum, uint expected)
    {
        byte[] answer = ScriptedUpstream.Address(new Ask("example.com").Build(), count: answers);
        answer[3] |= (byte)code;
        answer[9] = 1;
        byte[] soa = [0, 0, 6, 0, 1, 0, 0, 0, 0, 0, 22, 0, 0, .. new byte[20]];
        BinaryPrimitives.WriteUInt32BigEndian(soa.AsSpan(5), ttl);
        BinaryPrimitives.WriteUInt32BigEndian(soa.AsSpan(soa.Length - 4), minimum);
        Assert.Equal(expected, AnswerRecords.Of([.. answer, .. soa]).Lifetime);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(60u, 60u)]
    [InlineData(1_000_000u, 3600u)]
    [InlineData(0x8000_0001u, 0u)]
    public void AnswerRecords_Positive_LiveAsLongAsTheirTtlButAtMostAnHour(uint ttl, uint expected)
        => Assert.Equal(expected, AnswerRecords.Of(ScriptedUpstream.Address(new Ask("example.com").Build(), ttl: ttl)).Lifetime);

    [Fact]
    public void AnswerRecords_WhatIsNotWhole_IsNotKept()
    {
        byte[] query = new Ask("example.com").Build();
        Assert.Equal(0u, AnswerRecords.Of(ScriptedUpstream.Truncated(query)).Lifetime);
        Assert.Equal(0u, AnswerRecords.Of(ScriptedUpstream.Address(query).AsSpan()[..^2]).Lifetime);
        Assert.Equal(0u, AnswerRecords.Of(ScriptedUpstream.Address(query, count: 0)).Lifetime); // nothing, and no SOA
        Assert.Equal(0u, AnswerRecords.Of([]).Lifetime);
    }

    private static QuestionKey Key(Ask ask) => QuestionKey.Of(ask.Parse())!;
}
