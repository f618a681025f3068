using System.Net;
using CsCheck;
using Fairway.Model.Addressing;

namespace Fairway.Model.Tests.Addressing;

public sealed class AddressTextTests
{
    private static readonly Gen<IPAddress> s_address = Gen.OneOf(
        Gen.Byte.Array[4].Select(octets => new IPAddress(octets)),
        Gen.Byte.Array[16].Where(octets => !new IPAddress(octets).IsIPv4MappedToIPv6).Select(octets => new IPAddress(octets)));

    [Theory]
    [InlineData("", "an empty text is not an IP address")]
    [InlineData(null, "an empty text is not an IP address")]
    [InlineData("web", "'web' is not an IP address")]
    [InlineData("10.1", "'10.1' is not an IP address; write four octets, for example 10.0.0.1")]
    [InlineData("1", "'1' is not an IP address; write four octets, for example 0.0.0.1")]
    [InlineData("010.0.0.1", "'010.0.0.1' is ambiguous; write its four octets as decimal numbers without leading zeros")]
    [InlineData("0x0a.0.0.1", "'0x0a.0.0.1' is ambiguous; write its four octets as decimal numbers without leading zeros")]
    [InlineData("10.0.0.256", "'10.0.0.256' is not an IP address")]
    [InlineData(" 10.0.0.1", "' 10.0.0.1' is not an IP address")]
    [InlineData("10.0.0.1/24", "'10.0.0.1/24' is a prefix; write an address without '/'")]
    [InlineData("fe80::1%2", "'fe80::1%2' carries a zone; write the address without '%'")]
    [InlineData("[fd00::1]", "'[fd00::1]' is not an IP address")]
    [InlineData("::ffff:10.0.0.1", "'::ffff:10.0.0.1' is an IPv4 address in IPv6 form; write 10.0.0.1")]
    public void Address_Wrong_SaysWhy(string? text, string expected)
    {
        Assert.False(AddressText.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Address_Formatted_ParsesBack() =>
        s_address.Sample(address => Assert.Equal(address, AddressText.Parse(address.ToString())));

    [Fact]
    public void Text_OfAnyKind_NeverThrows() => Gen.String[Gen.Char["0123456789abcdef.:/%[]x- "], 0, 30].Sample(text =>
    {
        Assert.Equal(AddressText.TryParse(text, out _, out var addressError), addressError is null);
        Assert.Equal(PrefixText.TryParse(text, out _, out var prefixError), prefixError is null);
    });

    [Theory]
    [InlineData("", "an empty text is not a prefix")]
    [InlineData("10.0.0.0", "'10.0.0.0' has no prefix length; write 10.0.0.0/32 for this one address")]
    [InlineData("fd00::1", "'fd00::1' has no prefix length; write fd00::1/128 for this one address")]
    [InlineData("10.0.0.0/33", "'10.0.0.0/33' has no valid prefix length; it is a number from 0 to 32 after '/'")]
    [InlineData("10.0.0.0/", "'10.0.0.0/' has no valid prefix length; it is a number from 0 to 32 after '/'")]
    [InlineData("10.0.0.0/08", "'10.0.0.0/08' has no valid prefix length; it is a number from 0 to 32 after '/'")]
    [InlineData("10.0.0.0/-1", "'10.0.0.0/-1' has no valid prefix length; it is a number from 0 to 32 after '/'")]
    [InlineData("fd00::/129", "'fd00::/129' has no valid prefix length; it is a number from 0 to 128 after '/'")]
    [InlineData("web/24", "'web/24' is not a prefix: 'web' is not an IP address")]
    [InlineData("10.1.2.3/16", "'10.1.2.3/16' has host bits set; write 10.1.0.0/16")]
    [InlineData("fd00::1:2/64", "'fd00::1:2/64' has host bits set; write fd00::/64")]
    [InlineData("1.2.3.4/0", "'1.2.3.4/0' has host bits set; write 0.0.0.0/0")]
    public void Prefix_Wrong_SaysWhy(string text, string expected)
    {
        Assert.False(PrefixText.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Prefix_WithHostBits_SuggestsThePrefixThatHoldsTheAddress() =>
        Gen.Select(s_address, Gen.Int[0, 128]).Sample((address, length) =>
        {
            length = Math.Min(length, address.Bits);
            var suggestion = PrefixText.TryParse($"{address}/{length}", out var prefix, out var error) ? prefix : IPNetwork.Parse(error.Split(' ')[^1]);
            Assert.Equal(length, suggestion.PrefixLength);
            Assert.True(suggestion.Contains(address));
        });
}
