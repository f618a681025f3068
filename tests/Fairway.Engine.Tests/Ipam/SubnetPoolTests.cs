using System.Net;
using CsCheck;
using Fairway.Engine.Ipam;
using Fairway.Model.Networks;

namespace Fairway.Engine.Tests.Ipam;

public sealed class SubnetPoolTests
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan s_quarantine = TimeSpan.FromMinutes(1);

    private static readonly SubnetSpec[] s_subnets =
    [
        new(IPNetwork.Parse("10.0.0.0/28"), IPAddress.Parse("10.0.0.1")),
        new(IPNetwork.Parse("10.0.0.0/28"), IPAddress.Parse("10.0.0.9"), IPNetwork.Parse("10.0.0.8/29")),
        new(IPNetwork.Parse("10.0.0.0/31"), IPAddress.Parse("10.0.0.0")),
        new(IPNetwork.Parse("10.0.0.0/32")),
        new(IPNetwork.Parse("fd00::/124"), IPAddress.Parse("fd00::1")),
        new(IPNetwork.Parse("fd00::/127")),
        new(IPNetwork.Parse("fd00::/64"), IPAddress.Parse("fd00::ffff"), IPNetwork.Parse("fd00::4/126")),
    ];

    /// <summary>Steps: below 0 so many seconds pass, 0 allocates, above that address number n is freed, or taken as a static one.</summary>
    private static readonly Gen<(SubnetSpec Subnet, (int Step, bool Flag)[] History)> s_histories =
        Gen.Select(Gen.OneOfConst(s_subnets), Gen.Select(Gen.OneOf(Gen.Int[-40, -1], Gen.Const(0), Gen.Const(0), Gen.Int[1, 20], Gen.Int[1, 20]), Gen.Bool).Array[0, 120]);

    [Fact]
    public void AnyHistory_AgreesWithTheOracle() => s_histories.Sample(sample =>
    {
        var pool = SubnetPool.Of(sample.Subnet);
        var oracle = new PoolOracle(sample.Subnet, s_quarantine);
        var now = s_start;
        foreach (var (step, flag) in sample.History)
        {
            // Which of two freed at the same instant comes first is nobody's business.
            now += TimeSpan.FromTicks(1);
            if (step < 0)
            {
                now += TimeSpan.FromSeconds(-step);
            }
            else if (step == 0)
            {
                // Each call wakes a bounded number.
                for (var i = 0; i < 10; i++)
                    pool = pool.Wake(now - s_quarantine, out _);
                var expected = oracle.Allocate(now);
                Assert.Equal(expected, pool.Next());
                if (expected is not null)
                    pool = pool.TakeNext(expected);
            }
            else if (oracle.Address(step) is { } address)
            {
                if (oracle.IsLeased(address))
                {
                    oracle.Free(address, now);
                    pool = pool.Free(address, now);
                }
                else if (flag)
                {
                    oracle.Take(address);
                    pool = pool.Take(address);
                }
            }
        }
    });

    [Fact]
    public void FreedAddress_IsNotGivenAgain_BeforeOthers()
    {
        var pool = SubnetPool.Of(s_subnets[0]);
        var first = pool.Next()!;
        pool = pool.TakeNext(first).Free(first, s_start);
        var given = new List<IPAddress>();
        while (pool.Next() is { } next && !given.Contains(next) && !next.Equals(first))
        {
            given.Add(next);
            pool = pool.TakeNext(next);
        }
        Assert.Equal(12, given.Count);
        Assert.Equal(first, pool.Next());
    }

    [Fact]
    public void Capacity_LeavesOutWhatNobodyCanGet()
    {
        Assert.Equal((UInt128)13, SubnetPool.Of(s_subnets[0]).Capacity);
        Assert.Equal((UInt128)6, SubnetPool.Of(s_subnets[1]).Capacity);
        Assert.Equal((UInt128)1, SubnetPool.Of(s_subnets[2]).Capacity);
        Assert.Equal((UInt128)1, SubnetPool.Of(s_subnets[3]).Capacity);
        Assert.Equal((UInt128)4, SubnetPool.Of(s_subnets[6]).Capacity);
    }

    [Fact]
    public void Next_WithFourThousandLeases_StaysCheap()
    {
        var pool = SubnetPool.Of(new SubnetSpec(IPNetwork.Parse("10.0.0.0/20"), IPAddress.Parse("10.0.0.1")));
        for (var i = 0; i < 4093; i++)
            pool = pool.TakeNext(pool.Next()!);
        Assert.Null(pool.Next());
        var freed = IPAddress.Parse("10.0.7.7");
        pool = pool.Free(freed, s_start).Wake(s_start, out var woken);
        Assert.Equal([freed], woken);
        Assert.Equal(freed, pool.Next());
    }
}
