using System.Net;
using CsCheck;
using Fairway.Engine.Ipam;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Tests.Ipam;

public sealed class FreePrefixTests
{
    private static readonly AddressPool s_pool = new(IPNetwork.Parse("10.0.0.0/24"), 28);

    // Anything from a single address to a prefix that swallows the pool.
    private static readonly Gen<IPNetwork> s_occupied = Gen.Select(Gen.Int[22, 32], Gen.Int[0, 255], (length, last) =>
        new IPNetwork(new IPAddress([10, 0, 0, (byte)last]).Masked(length), length));

    [Fact]
    public void Find_GivesTheFirstSubnetThatTouchesNothing() => s_occupied.Array[0, 12].Sample(occupied =>
    {
        IPNetwork? expected = Enumerable.Range(0, 16)
            .Select(i => new IPNetwork(new IPAddress([10, 0, 0, (byte)(16 * i)]), 28))
            .Where(subnet => !occupied.Any(taken => taken.Overlaps(subnet)))
            .Select(subnet => (IPNetwork?)subnet)
            .FirstOrDefault();
        Assert.Equal(expected, FreePrefix.Find([s_pool], occupied));
    });

    [Fact]
    public void Find_WhenAPoolIsFull_TakesTheNext() =>
        Assert.Equal(IPNetwork.Parse("10.1.0.0/24"), FreePrefix.Find([s_pool, new AddressPool(IPNetwork.Parse("10.1.0.0/16"), 24)], [IPNetwork.Parse("10.0.0.0/24")]));

    [Fact]
    public void Find_AtTheEndOfTheAddressSpace_Ends()
    {
        var pool = new AddressPool(IPNetwork.Parse("255.255.255.0/24"), 25);
        Assert.Equal(IPNetwork.Parse("255.255.255.128/25"), FreePrefix.Find([pool], [IPNetwork.Parse("255.255.255.0/25")]));
        Assert.Null(FreePrefix.Find([pool], [IPNetwork.Parse("255.255.255.0/24")]));
        var v6 = new AddressPool(IPNetwork.Parse("ffff:ffff:ffff::/48"), 64);
        Assert.Null(FreePrefix.Find([v6], [IPNetwork.Parse("ffff:ffff:ffff::/48")]));
    }

    [Fact]
    public void DefaultPools_HoldAllNetworks()
    {
        List<IPNetwork> occupied = [IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("10.208.0.0/16")];
        Assert.Equal(IPNetwork.Parse("10.209.0.0/20"), FreePrefix.Find(AddressPool.Default, occupied));
        occupied.AddRange(Enumerable.Range(0, 240).Select(i => new IPNetwork(new IPAddress([10, (byte)(209 + i / 16), (byte)(i % 16 * 16), 0]), 20)));
        Assert.Equal(IPNetwork.Parse("10.192.0.0/24"), FreePrefix.Find(AddressPool.Default, occupied));
        occupied.AddRange(Enumerable.Range(0, 4095 - 240 - 1).Select(i => new IPNetwork(new IPAddress([10, (byte)(192 + i / 256), (byte)(i % 256), 0]), 24)));
        Assert.Equal(IPNetwork.Parse("10.207.14.0/24"), FreePrefix.Find(AddressPool.Default, occupied));
    }
}
