using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Overlays;

/// <summary>Base of the tests whose network <c>web</c> is an overlay. Another host has one endpoint of it.</summary>
public abstract class OverlayTest : SwitchTest
{
    protected const uint Vsid = 4242;
    protected const int Mtu = 1450;

    private protected static readonly MacAddress RemoteMac = new(0x0200_0000_0033);
    private protected static readonly IPAddress Provider = IPAddress.Parse("192.0.2.77");

    private protected OverlayTest(SwitchUnderTest fixture)
        : base(fixture)
    {
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with
        {
            Flags = NetworkFlags.Live | NetworkFlags.Overlay,
            Mtu = Mtu,
            Uplink = HostNamespace.StrangeLink,
        });
        Scene.Maps.VirtualSubnets.Set(new VirtualSubnetKey(Vsid, Vxlan.Port), TestNetwork.Web.Number);
        foreach (bool version6 in (bool[])[false, true])
            Scene.Maps.Remotes.Set(KeyOf(Remote(version6)), new RemoteRow { VirtualSubnet = Vsid, Provider = new MappedAddress(Provider), Mac = new MacBytes(RemoteMac) });
    }

    private protected static IPAddress Remote(bool version6) => IPAddress.Parse(version6 ? "fd00:80:1::77" : "10.80.1.77");

    /// <summary>Of a load balancer.</summary>
    private protected static IPAddress Vip(bool version6) => IPAddress.Parse(version6 ? "fd00:96::10" : "10.96.0.10");

    private protected static RemoteKey KeyOf(IPAddress address) => new(TestNetwork.Web.Number, new IPNetwork(address, 8 * address.GetAddressBytes().Length));

    /// <summary>The other host sends a packet of its endpoint.</summary>
    private protected Outcome ReceiveFromRemote(TestEndpoint to, Packet inner)
        => Scene.Receive(TestUplink.Lan, Vxlan.Wrapped(Frame.Of(to.Mac, RemoteMac, inner), Provider, TestUplink.Lan.Address(false), Vsid));
}
