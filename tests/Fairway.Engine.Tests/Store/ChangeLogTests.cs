using Fairway.Engine.Store;
using Fairway.Model.Changes;
using Fairway.Model.Errors;

namespace Fairway.Engine.Tests.Store;

public sealed class ChangeLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_GivesWhatCameAfter_ThenWaits()
    {
        var log = new ChangeLog(revision: 0, capacity: 8);
        Append(log, 1, 2);
        await using var reader = log.ReadAsync(1, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(2, reader.Current.Revision);
        var next = reader.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        Append(log, 3);
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        Assert.Equal(3, reader.Current.Revision);
    }

    [Fact]
    public async Task Read_OfARevisionWithSeveralChanges_GivesAllInOrder()
    {
        var log = new ChangeLog(revision: 0, capacity: 8);
        log.Append(1, [Change(1, ChangeKind.Created), Change(1, ChangeKind.Attached)]);
        await using var reader = log.ReadAsync(0, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(ChangeKind.Created, reader.Current.Kind);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(ChangeKind.Attached, reader.Current.Kind);
    }

    [Theory]
    [InlineData(9)] // before the start of this run
    [InlineData(11)] // fallen out
    [InlineData(99)] // from a store that was put back
    public async Task Read_OfWhatIsNotKnown_AsksToListAgain(long after)
    {
        var log = new ChangeLog(revision: 10, capacity: 2);
        Append(log, 11, 12, 13, 14);
        var refused = await Assert.ThrowsAsync<FairwayException>(async () => await log.ReadAsync(after, Cancellation).FirstAsync(Cancellation));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Contains("list everything again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FromTheOldestKept_Works()
    {
        var log = new ChangeLog(revision: 10, capacity: 2);
        Append(log, 11, 12, 13, 14);
        Assert.Equal(13, (await log.ReadAsync(12, Cancellation).FirstAsync(Cancellation)).Revision);
    }

    [Fact]
    public async Task SlowReader_IsToldThatItMissedSomething()
    {
        var log = new ChangeLog(revision: 0, capacity: 2);
        Append(log, 1);
        await using var reader = log.ReadAsync(0, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await reader.MoveNextAsync());
        Append(log, 2, 3, 4, 5);
        await Assert.ThrowsAsync<FairwayException>(async () => await reader.MoveNextAsync());
    }

    [Fact]
    public async Task RevisionsWithoutChanges_AreKnownToo()
    {
        var log = new ChangeLog(revision: 0, capacity: 2);
        log.Append(1, []);
        var next = log.ReadAsync(1, Cancellation).FirstAsync(Cancellation);
        Append(log, 2);
        Assert.Equal(2, (await next).Revision);
    }

    private static void Append(ChangeLog log, params ReadOnlySpan<long> revisions)
    {
        foreach (var revision in revisions)
            log.Append(revision, [Change(revision, ChangeKind.Created)]);
    }

    private static Change Change(long revision, ChangeKind kind) => new(revision, ResourceKind.Network, kind, Guid.NewGuid(), "web");
}
