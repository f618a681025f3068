using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Policies;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Overlays;

/// <summary>What endpoints of an overlay send to other hosts. What other hosts send takes a real tunnel: the end-to-end suite has it.</summary>
public sealed class RemoteTests : SwitchTest
{
    private const uint Vsid = 4242;
    private const uint OtherVsid = 4300;
    private const int Mtu = 1450;

    private static readonly MacAddress s_remote = new(0x0200_0000_0033);
    private static readonly MacAddress s_router = new(0x0200_0000_0044);

    public RemoteTests(SwitchUnderTest fixture)
        : base(fixture)
    {
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with
        {
            Flags = NetworkFlags.Live | NetworkFlags.Overlay,
            Mtu = Mtu,
            Uplink = HostNamespace.StrangeLink,
        });
    }

    private static string Prefix(bool version6, string end) => version6 ? $"fd00:80:1::{end}" : $"10.80.1.{end}";

    private static IPAddress Remote(bool version6) => IPAddress.Parse(Prefix(version6, "77"));

    private static IPAddress Routed(bool version6) => IPAddress.Parse(version6 ? "fd00:99::5" : "10.99.0.5");

    [Theory, BothVersions]
    public void Packet_ToARemoteEndpoint_TravelsAsItIs_ToItsMac(bool version6)
    {
        TellEndpoint(version6);
        byte[] frame = Scene.A.Frame(Scene.A.To(Remote(version6), Segment.Tcp(4000, 80, TcpFlags.Syn)));

        byte[] sent = Scene.Send(Scene.A, frame).Travels(Vsid).Frame;

        byte[] expected = [.. frame];
        s_remote.CopyTo(expected);
        Bytes.Equal(expected, sent);
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Packet_ToARemoteSubnet_IsFromOurRouterToTheOthers(bool version6)
    {
        TellSubnet(version6);

        Reading reading = Scene.Send(Scene.A, Scene.A.To(Routed(version6), Segment.Udp(1, 2))).Travels(OtherVsid).Reading;

        Assert.Equal((s_router, TestNetwork.Web.GatewayMac), (reading.To, reading.From));
    }

    [Theory, BothVersions]
    public void LongestPrefix_Decides(bool version6)
    {
        TellSubnet(version6);
        Tell(version6 ? "fd00:99::5/128" : "10.99.0.5/32", Vsid, s_remote, routed: false);

        Assert.Equal(s_remote, Scene.Send(Scene.A, Scene.A.To(Routed(version6), Segment.Udp(1, 2))).Travels(Vsid).Reading.To);
    }

    [Theory, BothVersions]
    public void Address_ThatIsNowhere_IsIsolated(bool version6)
    {
        TellEndpoint(version6);
        Scene.Send(Scene.A, Scene.A.To(Routed(version6), Segment.Udp(1, 2))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void Remote_OfAnotherNetwork_IsNotReached(bool version6)
    {
        TellSubnet(version6);
        Scene.Maps.Networks.Set(TestNetwork.Blue.Number, TestNetwork.Blue.ToRow() with { Flags = NetworkFlags.Live | NetworkFlags.Overlay });
        Scene.Send(Scene.D, Scene.D.To(Routed(version6), Segment.Udp(1, 2))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void GatewayAndNeighbours_StayHere_ThoughAPrefixElsewhereCoversThem(bool version6)
    {
        Tell(version6 ? "fd00:80::/32" : "10.80.0.0/16", Vsid, s_router, routed: true);

        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(1, 2))).ReachesPort(Scene.B);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(1, 53))).ReachesPort(Scene.WebResolver);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(1, 2))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void HostRoute_LeadsToEveryAddressOfTheHost_AndNowhereElse(bool version6)
    {
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with { Flags = NetworkFlags.Live | NetworkFlags.Overlay | NetworkFlags.Host | NetworkFlags.HostRoute });

        Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segment.Tcp(4000, 22, TcpFlags.Syn))).ReachesHost(TestNetwork.Web);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Tcp(4000, 22, TcpFlags.Syn))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void Packet_TooLargeForTheWay_IsRefusedWithItsSize(bool version6)
    {
        TellEndpoint(version6);
        int header = (version6 ? 40 : 20) + 8;

        Scene.Send(Scene.A, Scene.A.To(Remote(version6), Segment.Udp(1, 2, new byte[Mtu - header]))).Travels(Vsid);
        Reading error = Scene.Send(Scene.A, Scene.A.To(Remote(version6), Segment.Udp(1, 2, new byte[Mtu - header + 1]))).IsAnswered().Reading;

        Assert.Equal(version6 ? (2, 0) : (3, 4), ((int)error.IcmpType, (int)error.IcmpCode));
        Assert.Equal((uint)Mtu, error.IcmpRest);
        Assert.Equal(TestNetwork.Web.Gateway(version6), error.Source);
    }

    [Theory, BothVersions]
    public void Segments_YetToBeCut_TravelWhole(bool version6)
    {
        TellEndpoint(version6);
        Packet packet = Scene.A.To(Remote(version6), Segment.Tcp(4000, 443, TcpFlags.Ack, new byte[3000]));
        int largest = Mtu - (version6 ? 40 : 20) - 20;

        Assert.Equal(14 + (version6 ? 40 : 20) + 20 + 3000, Scene.Send(Scene.A, packet, Gso(largest)).Travels(Vsid).Frame.Length);
        Scene.Send(Scene.A, packet, Gso(largest + 1)).IsAnswered();
    }

    [Fact]
    public void Arp_ForARemoteEndpoint_IsAnsweredWithTheGatewaysMac()
    {
        byte[] question = Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, Scene.A.V4, new MacAddress(0), Remote(false)));
        Scene.Send(Scene.A, question).IsDropped(DropReason.NoSuchEndpoint);

        TellEndpoint(false);

        Bytes.Equal(
            Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, Frame.Arp, Arp.Of(Arp.Reply, TestNetwork.Web.GatewayMac, Remote(false), Scene.A.Mac, Scene.A.V4)),
            Scene.Send(Scene.A, question).IsAnswered().Frame);
    }

    [Theory, BothVersions]
    public void AccessRules_OfTheSender_AreAskedOnce(bool version6)
    {
        TellEndpoint(version6);
        Scene.Police(Scene.A, Rule.BlockOut());
        Packet call = Scene.A.To(Remote(version6), Segment.Tcp(4000, 80, TcpFlags.Syn));
        Scene.Send(Scene.A, call).IsDropped(DropReason.PolicyOut);

        Scene.Police(Scene.A, Rule.AllowOut());
        Scene.Send(Scene.A, call).Travels(Vsid);
        Assert.Equal(2, Scene.Flows.Count);
        Scene.Send(Scene.A, Scene.A.To(Remote(version6), Segment.Tcp(4000, 80, TcpFlags.Ack))).Travels(Vsid);

        Scene.Send(Scene.A, Scene.A.To(Remote(version6), Segment.Tcp(4000, 80, TcpFlags.Ack, new byte[Mtu]))).IsAnswered();
    }

    private void TellEndpoint(bool version6) => Tell($"{Remote(version6)}/{(version6 ? 128 : 32)}", Vsid, s_remote, routed: false);

    private void TellSubnet(bool version6) => Tell(version6 ? "fd00:99::/64" : "10.99.0.0/24", OtherVsid, s_router, routed: true);

    private void Tell(string prefix, uint vsid, MacAddress mac, bool routed)
        => Scene.Maps.Remotes.Set(new RemoteKey(TestNetwork.Web.Number, IPNetwork.Parse(prefix)), new RemoteRow
        {
            Flags = routed ? RemoteRow.Routed : 0,
            VirtualSubnet = vsid,
            Provider = new MappedAddress(IPAddress.Parse("192.0.2.77")),
            Mac = new MacBytes(mac),
        });

    private static Func<SkBuffContext, SkBuffContext> Gso(int size) => context => context with { GsoSize = (uint)size, GsoSegments = 3 };
}
