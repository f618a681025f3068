using System.Net;
using CsCheck;
using Fairway.Dns.Answering;
using Fairway.Dns.Tests.Fixtures;

namespace Fairway.Dns.Tests.Answering;

public sealed class ReverseNameTests
{
    [Fact]
    public void TryParse_TheNameOfAnAddress_GivesTheAddress()
        => Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Sample(bytes =>
        {
            var address = new IPAddress(bytes);
            Assert.True(ReverseName.TryParse(Tables.Name(ReverseName.Of(address)), out IPNetwork prefix));
            Assert.Equal(new IPNetwork(address, bytes.Length * 8), prefix);
        });

    [Theory]
    [InlineData("in-addr.arpa", "0.0.0.0/0")]
    [InlineData("10.in-addr.arpa", "10.0.0.0/8")]
    [InlineData("16.172.IN-ADDR.ARPA", "172.16.0.0/16")]
    [InlineData("d.f.ip6.arpa", "fd00::/8")]
    [InlineData("1.d.f.ip6.arpa", "fd10::/12")]
    public void TryParse_PartOfAnAddress_GivesItsPrefix(string name, string expected)
    {
        Assert.True(ReverseName.TryParse(Tables.Name(name), out IPNetwork prefix));
        Assert.Equal(IPNetwork.Parse(expected), prefix);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("1.2.3.4.5.in-addr.arpa")]
    [InlineData("256.1.in-addr.arpa")]
    [InlineData("01.1.in-addr.arpa")]
    [InlineData("x.in-addr.arpa")]
    [InlineData("g.ip6.arpa")]
    [InlineData("10.ip6.arpa")]
    [InlineData("0-25.1.168.192.in-addr.arpa")]
    public void TryParse_AnythingElse_IsRefused(string name) => Assert.False(ReverseName.TryParse(Tables.Name(name), out _));
}
