using System.Net;
using CsCheck;
using Fairway.Engine.Planner;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Tests.Planner;

public sealed class DerivedMacTests
{
    private static readonly Guid s_network = Guid.Parse("deadbeef-1234-4000-8000-000000000001");

    [Fact]
    public void Mac_IsLocallyAdministeredAndUnicast() => Gen.Select(Gen.Guid, Gen.UInt).Sample((network, address) =>
    {
        Assert.Equal(0x02ul, DerivedMac.Gateway(network).Value >> 40);
        Assert.Equal(0x02ul, DerivedMac.Endpoint(network, new IPAddress(address), 0).Value >> 40);
    });

    [Fact]
    public void Mac_DependsOnNetworkAddressAndSalt()
    {
        var macs = new HashSet<MacAddress> { DerivedMac.Gateway(s_network) };
        for (var i = 0; i < 1000; i++)
            Assert.True(macs.Add(DerivedMac.Endpoint(s_network, new IPAddress([10, 0, (byte)(i / 256), (byte)i]), 0)));
        Assert.True(macs.Add(DerivedMac.Endpoint(s_network, new IPAddress([10, 0, 0, 1]), 1)));
        Assert.True(macs.Add(DerivedMac.Endpoint(Guid.Empty, new IPAddress([10, 0, 0, 1]), 0)));
        Assert.True(macs.Add(DerivedMac.Endpoint(s_network, null, 0)));
    }

    /// <summary>Part of the contract with neighbours that remember: a new release must not give other MACs.</summary>
    [Fact]
    public void Mac_StaysTheSameAcrossReleases()
    {
        Assert.Equal("02:30:87:98:78:14", DerivedMac.Gateway(s_network).ToString());
        Assert.Equal("02:d0:ab:3e:bb:98", DerivedMac.Endpoint(s_network, IPAddress.Parse("10.1.0.2"), 0).ToString());
    }
}
