using Fairway.Dataplane.LoadBalancers;
using Fairway.Dataplane.Switch.Layout;

namespace Fairway.Dataplane.Tests.LoadBalancers;

public sealed class ChoiceTableTests
{
    private readonly Random _random = new(20261130);

    [Theory]
    [InlineData(33)]
    [InlineData(100)]
    [InlineData(1024)]
    public void Shares_DifferByOnePlaceAtMost(int count)
    {
        List<int> shares = [.. ChoiceTable.Build(Ids(count)).CountBy(choice => choice).Select(share => share.Value)];
        Assert.Equal(count, shares.Count);
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
    }

    [Theory]
    [InlineData(34)]
    [InlineData(128)]
    [InlineData(300)]
    [InlineData(1024)]
    public void BackendThatGoes_MovesLittleMoreThanItsShare(int count)
    {
        List<Guid> ids = Ids(count);
        List<Guid> rest = [.. ids.Where((_, i) => i != count / 2)];
        List<Guid> before = Owners(ids), after = Owners(rest);
        Assert.Equal(before.Count, after.Count);
        int gone = before.Count(owner => owner == ids[count / 2]);
        int moved = before.Zip(after).Count(pair => pair.First != pair.Second);
        Assert.InRange(gone, before.Count / count, before.Count / count + 1);
        Assert.InRange(moved, gone, gone + before.Count / 20);
    }

    [Fact]
    public void FewBackends_HaveNoTable() => Assert.All(Enumerable.Range(0, SwitchLimits.RankedBackends + 1), count => Assert.Empty(ChoiceTable.Build(Ids(count))));

    private List<Guid> Ids(int count)
    {
        byte[] bytes = new byte[16];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            _random.NextBytes(bytes);
            return new Guid(bytes);
        }).Order()];
    }

    private static List<Guid> Owners(List<Guid> ids) => [.. ChoiceTable.Build(ids).Select(choice => ids[choice])];
}
