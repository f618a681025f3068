using Fairway.Dataplane.Marks;
using Fairway.Linux.Routing;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Tests.Marks;

public sealed class InstanceTests
{
    private static readonly Guid s_id = Guid.Parse("0123456789abcdef0123456789abcdef");

    [Theory]
    [InlineData("")]
    [InlineData("Fairway")]
    [InlineData("fair-way")]
    [InlineData("../x")]
    [InlineData("a23456789012345678901234567890123")]
    public void Name_ThatCouldBeTakenForAnother_IsRefused(string name)
        => Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<FairwayException>(() => new Instance(name)).Kind);

    [Fact]
    public void Mark_IsReadAsItWasWritten()
    {
        foreach (LinkKind kind in Enum.GetValues<LinkKind>())
        {
            LinkMark mark = new Instance("fairway").Mark(kind, s_id);
            Assert.True(LinkMark.TryParse(mark.ToString(), out LinkMark? read));
            Assert.Equal(mark, read);
        }
        Assert.Equal("fairway-endpoint-0123456789abcdef0123456789abcdef", new Instance("fairway").Mark(LinkKind.Endpoint, s_id).ToString());
    }

    [Theory]
    [InlineData("fairway-endpoint-0123")]
    [InlineData("fairway-endpoint-0123456789abcdef0123456789abcdeg")]
    [InlineData("fairway-thing-0123456789abcdef0123456789abcdef")]
    [InlineData("-endpoint-0123456789abcdef0123456789abcdef")]
    [InlineData("fairway-0123456789abcdef0123456789abcdef")]
    [InlineData("eth0")]
    public void OtherNames_AreNoMarks(string name) => Assert.False(LinkMark.TryParse(name, out _));

    [Fact]
    public void Links_OfAnotherInstance_AreNotOurs()
    {
        var link = new Link { Index = 1, Name = "x", AlternativeNames = [new Instance("other").Mark(LinkKind.Network, s_id).ToString()] };
        Assert.Null(new Instance("fairway").MarkOf(link));
        Assert.NotNull(Instance.AnyMarkOf(link));
    }

    [Fact]
    public void Groups_AndHandles_DifferByInstance()
    {
        Instance[] instances = [.. Enumerable.Range(0, 1000).Select(i => new Instance($"i{i}"))];
        Assert.Equal(1000, instances.Select(instance => instance.FilterHandle).Distinct().Count());
        Assert.Equal(3000, instances.SelectMany(instance => (uint[])[instance.CondemnedGroup, instance.UnbornGroup, instance.ReapingGroup]).Distinct().Count());
        Assert.All(instances, instance => Assert.InRange(instance.ReapingGroup, 1u, (uint)int.MaxValue));
    }
}
