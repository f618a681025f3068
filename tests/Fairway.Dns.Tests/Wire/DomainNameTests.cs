using CsCheck;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Wire;

public sealed class DomainNameTests
{
    private static readonly Gen<string> s_label = Gen.String[Gen.Char["abcXYZ019-_"], 1, 63];

    private static readonly Gen<string> s_name = s_label.Array[1, 5].Select(labels => string.Join('.', labels)).Where(name => name.Length <= 253);

    [Fact]
    public void TryParse_ThenToString_GivesTheLowerCasedText() => s_name.Sample(text =>
    {
        Assert.True(DomainName.TryParse(text, out DomainName? name));
        Assert.Equal(text.ToLowerInvariant(), name.ToString());
        Assert.True(DomainName.TryParse(text + ".", out DomainName? dotted));
        Assert.Equal(name, dotted);
    });

    [Fact]
    public void Equals_DiffersInCase_IsEqual()
    {
        Assert.True(DomainName.TryParse("Web.Example", out DomainName? one));
        Assert.True(DomainName.TryParse("wEB.eXAMPLE", out DomainName? two));
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a..")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void TryParse_WhatIsNoName_IsRefused(string text) => Assert.False(DomainName.TryParse(text, out _));

    [Fact]
    public void TryParse_TooLong_IsRefused()
    {
        string long251 = string.Join('.', Enumerable.Repeat(new string('a', 62), 4));
        Assert.True(DomainName.TryParse(long251 + ".b", out DomainName? longest));
        Assert.Equal(DomainName.MaxSize, longest.Bytes.Length);
        Assert.False(DomainName.TryParse(long251 + ".bb", out _));
    }

    [Theory]
    [InlineData("a.web", "web", true)]
    [InlineData("a.b.web", "web", true)]
    [InlineData("web", "web", true)]
    [InlineData("aweb", "web", false)]
    [InlineData("a.xweb", "web", false)]
    [InlineData("web", "a.web", false)]
    [InlineData("a.b", "b.a", false)]
    public void IsWithin_ComparesWholeLabels(string text, string zone, bool expected)
    {
        Assert.True(DomainName.TryParse(text, out DomainName? name) & DomainName.TryParse(zone, out DomainName? parent));
        Assert.Equal(expected, name!.IsWithin(parent!, out int offset));
        if (expected)
            Assert.Equal(text.Length - zone.Length, offset);
    }

    [Fact]
    public void IsWithin_Root_HoldsEverything()
    {
        Assert.True(DomainName.TryParse("a.b", out DomainName? name));
        Assert.True(name.IsWithin(DomainName.Root, out int offset));
        Assert.Equal(name.Bytes.Length - 1, offset);
        Assert.True(DomainName.Root.IsWithin(DomainName.Root, out _));
    }

    [Theory]
    [InlineData("web", true)]
    [InlineData("a.web", false)]
    public void HasOneLabel_CountsLabels(string text, bool expected)
    {
        Assert.True(DomainName.TryParse(text, out DomainName? name));
        Assert.Equal(expected, name.HasOneLabel);
        Assert.False(DomainName.Root.HasOneLabel);
    }

    [Fact]
    public void ToString_OddBytes_AreEscaped()
        => Assert.Equal(@"a\.b\\.\000\255", DomainName.FromWire([4, (byte)'a', (byte)'.', (byte)'b', (byte)'\\', 2, 0, 255, 0]).ToString());
}
