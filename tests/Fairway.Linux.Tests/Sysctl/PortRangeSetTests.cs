using CsCheck;
using Fairway.Linux.Sysctl;

namespace Fairway.Linux.Tests.Sysctl;

public sealed class PortRangeSetTests
{
    private static readonly Gen<PortRange> s_range = Gen.Select(Gen.Int[0, 300], Gen.Int[0, 40], (first, length) => new PortRange((ushort)first, (ushort)(first + length)));
    private static readonly Gen<PortRangeSet> s_set = s_range.List[0, 8].Select(ranges => new PortRangeSet(ranges));

    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("53", "53")]
    [InlineData("8010,8000-8009,53", "53,8000-8010")]
    [InlineData("1-5,3-9,10", "1-10")]
    [InlineData("0-65535", "0-65535")]
    [InlineData("65535,65534", "65534-65535")]
    public void Parse_List_IsSortedAndJoined(string text, string normal) => Assert.Equal(normal, PortRangeSet.Parse(text).ToString());

    [Theory]
    [InlineData("a")]
    [InlineData("1,,2")]
    [InlineData("5-3")]
    [InlineData("1-2-3")]
    [InlineData("65536")]
    [InlineData("-1")]
    public void Parse_Garbage_IsAFormatException(string text) => Assert.Throws<FormatException>(() => PortRangeSet.Parse(text));

    [Fact]
    public void UnionAndExcept_AnySets_AreThoseOfTheirPorts() => Gen.Select(s_set, s_set).Sample((a, b) =>
    {
        Assert.Equal(Ports(a).Union(Ports(b)).Order(), Ports(a.Union(b)));
        Assert.Equal(Ports(a).Except(Ports(b)).Order(), Ports(a.Except(b)));
        Assert.Equal(a, PortRangeSet.Parse(a.ToString()));
        Assert.Equal(a.Union(b), b.Union(a));
    });

    [Fact]
    public void Contains_AnyRange_IfAllItsPortsAreThere() => Gen.Select(s_set, s_range).Sample((set, range) =>
        Assert.Equal(!Ports(new PortRangeSet(range)).Except(Ports(set)).Any(), set.Contains(range)));

    private static List<int> Ports(PortRangeSet set)
        => [.. set.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))];
}
