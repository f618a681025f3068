using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Neighbours;

public sealed class ArpTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly MacAddress s_unknown = new(0);

    [Fact]
    public void Neighbour_IsAnsweredFor()
        => Bytes.Equal(
            Frame.Of(Scene.A.Mac, Scene.B.Mac, Frame.Arp, Arp.Of(Arp.Reply, Scene.B.Mac, Scene.B.V4, Scene.A.Mac, Scene.A.V4)),
            Ask(Scene.A, Scene.B.V4).IsAnswered().Frame);

    [Fact]
    public void Gateway_IsAnsweredFor()
        => Bytes.Equal(
            Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, Frame.Arp, Arp.Of(Arp.Reply, TestNetwork.Web.GatewayMac, TestNetwork.Web.Gateway4, Scene.A.Mac, Scene.A.V4)),
            Ask(Scene.A, TestNetwork.Web.Gateway4).IsAnswered().Frame);

    [Fact]
    public void FurtherGateway_IsAnsweredFor_ButNotToTheResolver_WhichCarriesIt()
    {
        IPAddress further = TestNetwork.Web.Address(false, 200);
        Scene.AddAddress(Scene.WebResolver, further);
        Bytes.Equal(
            Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, Frame.Arp, Arp.Of(Arp.Reply, TestNetwork.Web.GatewayMac, further, Scene.A.Mac, Scene.A.V4)),
            Ask(Scene.A, further).IsAnswered().Frame);
        Ask(Scene.WebResolver, further).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void Question_ToOneMac_IsAnsweredAlike()
    {
        byte[] question = Arp.Of(Arp.Request, Scene.A.Mac, Scene.A.V4, s_unknown, Scene.B.V4);
        Bytes.Equal(Ask(Scene.A, Scene.B.V4).Frame, Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, Frame.Arp, question)).IsAnswered().Frame);
    }

    [Fact]
    public void Padding_StaysAsItWas()
    {
        byte[] question = Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, [.. Arp.Of(Arp.Request, Scene.A.Mac, Scene.A.V4, s_unknown, Scene.B.V4), .. new byte[18]]);
        byte[] answer = Scene.Send(Scene.A, question).IsAnswered().Frame;
        Bytes.Equal([.. Ask(Scene.A, Scene.B.V4).Frame, .. new byte[18]], answer);
    }

    [Fact]
    public void SecondAddress_OfANeighbour_IsAnsweredFor()
    {
        IPAddress second = TestNetwork.Web.Address(false, 77);
        Ask(Scene.A, second).IsDropped(DropReason.NoSuchEndpoint);
        Scene.AddAddress(Scene.B, second);
        Bytes.Equal(
            Frame.Of(Scene.A.Mac, Scene.B.Mac, Frame.Arp, Arp.Of(Arp.Reply, Scene.B.Mac, second, Scene.A.Mac, Scene.A.V4)),
            Ask(Scene.A, second).IsAnswered().Frame);
        Ask(Scene.B, second).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void Probe_IsAnsweredForOthers_AndNotForTheAskerItself()
    {
        byte[] Probe(IPAddress target) => Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, IPAddress.Any, s_unknown, target));
        Bytes.Equal(
            Frame.Of(Scene.A.Mac, Scene.B.Mac, Frame.Arp, Arp.Of(Arp.Reply, Scene.B.Mac, Scene.B.V4, Scene.A.Mac, IPAddress.Any)),
            Scene.Send(Scene.A, Probe(Scene.B.V4)).IsAnswered().Frame);
        Scene.Send(Scene.A, Probe(Scene.A.V4)).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void OwnAddress_IsNeverAnsweredFor() => Ask(Scene.A, Scene.A.V4).IsDropped(DropReason.NoSuchEndpoint);

    [Theory]
    [InlineData("10.80.1.99")]
    [InlineData("10.80.2.14")] // of another network
    [InlineData("10.80.2.1")]
    [InlineData("192.0.2.10")]
    [InlineData("8.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("127.0.0.1")]
    public void UnknownTarget_IsNotAnsweredFor(string target) => Ask(Scene.A, IPAddress.Parse(target)).IsDropped(DropReason.NoSuchEndpoint);

    [Fact]
    public void Target_WhosePortIsClosed_IsNotAnsweredFor()
    {
        Scene.Close(Scene.B);
        Ask(Scene.A, Scene.B.V4).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void Sender_ThatIsSomebodyElse_IsDropped()
    {
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, Scene.B.V4, s_unknown, Scene.C.V4))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.B.Mac, Scene.A.V4, s_unknown, Scene.C.V4))).IsDropped(DropReason.SourceMac);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, TestNetwork.Web.Gateway4, s_unknown, Scene.C.V4))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.B.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, Scene.A.V4, s_unknown, Scene.C.V4))).IsDropped(DropReason.SourceMac);
        // Announcements and answers of somebody else's address.
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Reply, Scene.A.Mac, Scene.B.V4, Scene.C.Mac, Scene.C.V4))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, TestNetwork.Web.Gateway4, s_unknown, TestNetwork.Web.Gateway4))).IsDropped(DropReason.SourceAddress);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Arp.Reply)]
    [InlineData(3)] // reverse ARP
    [InlineData(0x0100)]
    [InlineData(0xFFFF)]
    public void Operation_OtherThanAQuestion_IsNotCarried(int operation)
        => Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, Frame.Arp, Arp.Of((ushort)operation, Scene.A.Mac, Scene.A.V4, Scene.B.Mac, Scene.B.V4))).IsDropped(DropReason.Multicast);

    [Theory]
    [InlineData(0, 0, 6)] // hardware
    [InlineData(2, 0x86, 0xDD)] // protocol
    [InlineData(4, 8, 4)] // lengths
    [InlineData(4, 6, 16)]
    public void Kind_OtherThanEthernetAndIp4_IsMalformed(int offset, byte first, byte second)
    {
        byte[] question = Arp.Of(Arp.Request, Scene.A.Mac, Scene.A.V4, s_unknown, Scene.B.V4).With(offset, first, second);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, question)).IsDropped(DropReason.Malformed);
    }

    [Fact]
    public void Resolver_LearnsOfEndpoints_AndNotOfTheGateway_WhoseAddressItCarries()
    {
        Bytes.Equal(
            Frame.Of(Scene.WebResolver.Mac, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Reply, Scene.A.Mac, Scene.A.V4, Scene.WebResolver.Mac, TestNetwork.Web.Gateway4)),
            Ask(Scene.WebResolver, Scene.A.V4).IsAnswered().Frame);
        Ask(Scene.WebResolver, TestNetwork.Web.Gateway4).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void PrivateNetwork_HasNeighboursAndNoGateway()
    {
        Ask(Scene.G, Scene.H.V4).IsAnswered();
        Ask(Scene.G, TestNetwork.Alone.Gateway4).IsDropped(DropReason.NoSuchEndpoint);
    }

    private Outcome Ask(TestEndpoint asker, IPAddress target)
        => Scene.Send(asker, Frame.Of(Frame.Broadcast, asker.Mac, Frame.Arp, Arp.Of(Arp.Request, asker.Mac, asker.V4, s_unknown, target)));
}
