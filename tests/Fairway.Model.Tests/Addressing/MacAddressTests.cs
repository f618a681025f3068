using CsCheck;
using Fairway.Model.Addressing;

namespace Fairway.Model.Tests.Addressing;

public sealed class MacAddressTests
{
    private static readonly Gen<MacAddress> s_mac = Gen.ULong[0, 0xffff_ffff_ffff].Select(value => new MacAddress(value));

    [Fact]
    public void BothSpellings_ParseBack() => s_mac.Sample(mac =>
    {
        Assert.True(MacAddress.TryParse(mac.ToString(), out var linux));
        Assert.True(MacAddress.TryParse(mac.ToHcnString(), out var hcn));
        Assert.Equal((mac, mac), (linux, hcn));
    });

    [Fact]
    public void Octets_RoundTrip() => s_mac.Sample(mac =>
    {
        Span<byte> octets = stackalloc byte[6];
        mac.CopyTo(octets);
        Assert.Equal(mac, MacAddress.FromBytes(octets));
    });

    [Fact]
    public void Text_OfAnyKind_IsReadOnlyWhenItIsSixPairs() => Gen.String[Gen.Char["0123456789abcdefABCDEF:-+ "], 0, 18].Sample(text =>
    {
        if (MacAddress.TryParse(text, out var mac)) Assert.Equal(text.Replace('-', ':').ToLowerInvariant(), mac.ToString());
    });

    [Theory]
    [InlineData("00:15:5d:01:02:03", "00:15:5d:01:02:03", "00-15-5D-01-02-03")]
    [InlineData("00-15-5D-01-02-03", "00:15:5d:01:02:03", "00-15-5D-01-02-03")]
    public void Text_OfBothSpellings(string text, string linux, string hcn)
    {
        Assert.True(MacAddress.TryParse(text, out var mac));
        Assert.Equal((linux, hcn), (mac.ToString(), mac.ToHcnString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00155d010203")]
    [InlineData("00:15:5d:01:02:0")]
    [InlineData("00:15:5d:01:02:0g")]
    [InlineData("00:15-5d:01:02:03")]
    [InlineData("00:15:5d:01:02: 3")]
    [InlineData("00:15:5d:01:02:03:04")]
    public void Text_Wrong_IsRefused(string? text) => Assert.False(MacAddress.TryParse(text, out _));

    [Theory]
    [InlineData(0x02155d010203ul, true)]
    [InlineData(0x01005e000001ul, false)]
    [InlineData(0xfffffffffffful, false)]
    [InlineData(0ul, false)]
    public void IsUnicast_IsTrueForAddressesOfInterfaces(ulong value, bool expected) => Assert.Equal(expected, new MacAddress(value).IsUnicast);
}
