using System.Net;
using System.Net.Sockets;
using CsCheck;
using Fairway.Model.Addressing;

namespace Fairway.Model.Tests.Addressing;

/// <summary>The oracle is arithmetic on whole numbers: a prefix is the interval [start, start + size - 1].</summary>
public sealed class PrefixArithmeticTests
{
    private static readonly Gen<IPNetwork> s_v4 = Gen.Select(Gen.UInt, Gen.Int[0, 32]).Select((bits, length) =>
        new IPNetwork(IPAddress.FromNumber(bits, AddressFamily.InterNetwork).Masked(length), length));

    private static readonly Gen<IPNetwork> s_v6 = Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 128]).Select((high, low, length) =>
        new IPNetwork(IPAddress.FromNumber(new UInt128(high, low), AddressFamily.InterNetworkV6).Masked(length), length));

    // Few distinct values, so that prefixes meet often.
    private static readonly Gen<IPNetwork> s_near = Gen.Select(Gen.UInt[0, 255], Gen.Int[22, 32]).Select((bits, length) =>
        new IPNetwork(IPAddress.FromNumber(0x0a000000 | bits << 2, AddressFamily.InterNetwork).Masked(length), length));

    private static readonly Gen<IPNetwork> s_any = Gen.OneOf(s_v4, s_v6, s_near);

    [Fact]
    public void Numbers_RoundTrip()
    {
        Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
            Assert.Equal(new UInt128(high, low), IPAddress.FromNumber(new UInt128(high, low), AddressFamily.InterNetworkV6).ToNumber()));
        Gen.UInt.Sample(number => Assert.Equal(number, IPAddress.FromNumber(number, AddressFamily.InterNetwork).ToNumber()));
        Assert.Equal(0x0a010203u, IPAddress.Parse("10.1.2.3").ToNumber());
    }

    [Fact]
    public void FirstAndLast_AreTheIntervalsEnds() => s_any.Sample(prefix =>
    {
        var (start, last) = Interval(prefix);
        Assert.Equal(start, prefix.First.ToNumber());
        Assert.Equal(last, prefix.Last.ToNumber());
        Assert.Equal(last - start, prefix.LastIndex);
    });

    [Fact]
    public void Overlaps_AndContains_AgreeWithIntervals() => Gen.Select(s_any, s_any).Sample((one, other) =>
    {
        var sameFamily = one.Family == other.Family;
        var (a, b) = Interval(one);
        var (c, d) = Interval(other);
        Assert.Equal(sameFamily && a <= d && c <= b, one.Overlaps(other));
        Assert.Equal(one.Overlaps(other), other.Overlaps(one));
        Assert.Equal(sameFamily && a <= c && d <= b, one.Covers(other));
    });

    [Fact]
    public void Covers_AgreesWithIntervals() => Gen.Select(s_any, s_any).Sample((one, other) =>
    {
        var (a, b) = Interval(one);
        var number = Interval(other).Start;
        Assert.Equal(one.Family == other.Family && a <= number && number <= b, one.Covers(other.BaseAddress));
    });

    [Theory]
    [InlineData("fd00::/64", "::ffff:0:0")]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1")]
    [InlineData("::/0", "10.0.0.1")]
    [InlineData("0.0.0.0/0", "::")]
    public void Covers_AcrossFamilies_IsFalse(string prefix, string address) => Assert.False(IPNetwork.Parse(prefix).Covers(IPAddress.Parse(address)));

    [Fact]
    public void Nth_AndIndexOf_AreInverse() => Gen.Select(s_any, Gen.ULong, Gen.ULong).Sample((prefix, high, low) =>
    {
        var size = prefix.LastIndex;
        var index = size == UInt128.MaxValue ? new UInt128(high, low) : new UInt128(high, low) % (size + 1);
        var address = prefix.Nth(index);
        Assert.True(prefix.Covers(address));
        Assert.Equal(index, prefix.IndexOf(address));
        Assert.Equal(prefix.First.ToNumber() + index, address.ToNumber());
    });

    [Fact]
    public void Nth_BehindThePrefix_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IPNetwork.Parse("10.0.0.0/24").Nth(256));
        Assert.Throws<ArgumentOutOfRangeException>(() => IPNetwork.Parse("10.0.0.0/24").IndexOf(IPAddress.Parse("10.0.1.0")));
    }

    [Fact]
    public void UsableCount_CountsUsableAddresses() => s_near.Sample(prefix =>
    {
        UInt128 count = 0;
        for (UInt128 index = 0; index <= prefix.LastIndex; index++)
            if (prefix.IsUsable(prefix.Nth(index))) count++;
        Assert.Equal(count, prefix.UsableCount);
    });

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.1", "10.0.0.254", "254")]
    [InlineData("10.0.0.0/30", "10.0.0.1", "10.0.0.2", "2")]
    [InlineData("10.0.0.0/31", "10.0.0.0", "10.0.0.1", "2")]
    [InlineData("10.0.0.7/32", "10.0.0.7", "10.0.0.7", "1")]
    [InlineData("0.0.0.0/0", "0.0.0.1", "255.255.255.254", "4294967294")]
    [InlineData("fd00::/64", "fd00::1", "fd00::ffff:ffff:ffff:ffff", "18446744073709551615")]
    [InlineData("fd00::/126", "fd00::1", "fd00::3", "3")]
    [InlineData("fd00::/127", "fd00::", "fd00::1", "2")]
    [InlineData("fd00::5/128", "fd00::5", "fd00::5", "1")]
    [InlineData("::/0", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "340282366920938463463374607431768211455")]
    public void Usable_LeavesOutWhatNoInterfaceCanCarry(string prefix, string first, string last, string count)
    {
        var parsed = IPNetwork.Parse(prefix);

        Assert.Equal((first, last, count), (parsed.FirstUsable.ToString(), parsed.LastUsable.ToString(), parsed.UsableCount.ToString()));
        Assert.True(parsed.IsUsable(parsed.FirstUsable));
        Assert.True(parsed.IsUsable(parsed.LastUsable));
    }

    [Fact]
    public void IsUsable_OutsideThePrefix_IsFalse() => Assert.False(IPNetwork.Parse("10.0.0.0/24").IsUsable(IPAddress.Parse("10.0.1.1")));

    private static (UInt128 Start, UInt128 Last) Interval(IPNetwork prefix)
    {
        var octets = prefix.BaseAddress.GetAddressBytes();
        var start = octets.Aggregate(UInt128.Zero, (number, octet) => number << 8 | octet);
        var hostBits = octets.Length * 8 - prefix.PrefixLength;
        return (start, hostBits == 128 ? UInt128.MaxValue : start + (UInt128.One << hostBits) - 1);
    }
}
