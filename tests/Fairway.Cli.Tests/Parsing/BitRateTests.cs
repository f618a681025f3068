using Fairway.Cli.Parsing;

namespace Fairway.Cli.Tests.Parsing;

public sealed class BitRateTests
{
    [Theory]
    [InlineData("10mbit", 10_000_000)]
    [InlineData("1.5Gbit", 1_500_000_000)]
    [InlineData("64kbit", 64_000)]
    [InlineData("1000", 1_000)]
    [InlineData("1000bit", 1_000)]
    [InlineData("10tbit", 10_000_000_000_000)]
    public void Rate_IsBitsASecond(string text, long rate)
    {
        Assert.True(BitRate.TryParse(text, out long read, out _));
        Assert.Equal(rate, read);
    }

    [Theory]
    [InlineData("fast", "'fast' is not a rate; write bits a second like 10mbit, 1.5gbit or 64kbit")]
    [InlineData("10mbps", "'10mbps' is not a rate")]
    [InlineData("-1mbit", "'-1mbit' is not a rate")]
    [InlineData("mbit", "'mbit' is not a rate")]
    [InlineData("", "'' is not a rate")]
    [InlineData("999", "rate '999' is out of range; use 1kbit to 10tbit")]
    [InlineData("10.1tbit", "rate '10.1tbit' is out of range")]
    [InlineData("99999999999999999999gbit", "is out of range")]
    public void Rate_Wrong_SaysWhy(string text, string why)
    {
        Assert.False(BitRate.TryParse(text, out _, out string? error));
        Assert.Contains(why, error, StringComparison.Ordinal);
    }
}
