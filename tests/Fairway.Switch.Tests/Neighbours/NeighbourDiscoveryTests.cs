using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Neighbours;

public sealed class NeighbourDiscoveryTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly IPAddress s_linkLocal = IPAddress.Parse("fe80::ff:fe50:1");

    [Fact]
    public void Neighbour_IsAnsweredFor() => Bytes.Equal(Answer(Scene.A, Scene.A.V6, Scene.B.V6, Scene.B.Mac), Ask(Scene.A, Scene.B.V6).IsAnswered().Frame);

    [Fact]
    public void Gateway_IsAnsweredFor()
        => Bytes.Equal(Answer(Scene.A, Scene.A.V6, TestNetwork.Web.Gateway6, TestNetwork.Web.GatewayMac), Ask(Scene.A, TestNetwork.Web.Gateway6).IsAnswered().Frame);

    [Fact]
    public void Asker_WithItsLinkLocalAddress_IsAnswered()
        => Bytes.Equal(Answer(Scene.A, s_linkLocal, Scene.B.V6, Scene.B.Mac), Send(Scene.A, NeighbourDiscovery.Solicit(s_linkLocal, Scene.B.V6, Scene.A.Mac)).IsAnswered().Frame);

    [Fact]
    public void Question_ToOneAddress_IsAnsweredAlike()
    {
        Packet probe = NeighbourDiscovery.Solicit(Scene.A.V6, Scene.B.V6, Scene.A.Mac) with { Destination = Scene.B.V6 };
        Bytes.Equal(Answer(Scene.A, Scene.A.V6, Scene.B.V6, Scene.B.Mac), Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, probe)).IsAnswered().Frame);
    }

    /// <summary>Shorter or longer than the answer, which is always of the same size.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(400)]
    public void Options_OfTheQuestion_DoNotMatter(int length)
    {
        Packet question = NeighbourDiscovery.Solicit(Scene.A.V6, Scene.B.V6, null);
        question = question with { Segment = Segment.Icmp(true, NeighbourDiscovery.Solicitation, body: [.. Scene.B.V6.GetAddressBytes(), .. new byte[length]]) };
        Bytes.Equal(Answer(Scene.A, Scene.A.V6, Scene.B.V6, Scene.B.Mac), Send(Scene.A, question).IsAnswered().Frame);
    }

    [Fact]
    public void Checksum_IsRight_ForEveryAddress()
    {
        for (int host = 2; host < 0xFFFF; host += 257)
        {
            TestEndpoint neighbour = Scene.B with { V6 = TestNetwork.Web.Address(true, host), Mac = new((ulong)(0x0200_0000_0000 + host * 65537L)) };
            Scene.Open(neighbour);
            Bytes.Equal(Answer(Scene.A, Scene.A.V6, neighbour.V6, neighbour.Mac), Ask(Scene.A, neighbour.V6).IsAnswered().Frame);
        }
    }

    [Fact]
    public void OwnAddress_IsNeverAnsweredFor() => Ask(Scene.A, Scene.A.V6).IsDropped(DropReason.NoSuchEndpoint);

    [Fact]
    public void DuplicateAddressDetection_OfOnesOwnAddress_HearsNothing_AndIsNoNews()
    {
        Scene.Watch();
        IPAddress second = TestNetwork.Web.Address(true, 77);
        Scene.AddAddress(Scene.A, second);
        foreach (IPAddress own in new[] { Scene.A.V6, second })
            Assert.Equal(Outcome.Shot, Send(Scene.A, NeighbourDiscovery.Solicit(IPAddress.IPv6Any, own, null)).Action);
        Assert.Equal(0ul, Scene.AllDrops);
        Assert.Empty(Scene.TakeEvents());
    }

    [Fact]
    public void DuplicateAddressDetection_OfAnothersAddress_IsDropped()
    {
        foreach (IPAddress target in new[] { Scene.B.V6, TestNetwork.Web.Gateway6, s_linkLocal, TestNetwork.Web.Address(true, 99) })
            Send(Scene.A, NeighbourDiscovery.Solicit(IPAddress.IPv6Any, target, null)).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Theory]
    [InlineData("fd00:80:1::63")]
    [InlineData("fd00:80:2::e")] // of another network
    [InlineData("fd00:80:2::1")]
    [InlineData("2001:db8:2::10")]
    [InlineData("fe80::1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:10.80.1.12")] // an endpoint's IPv4 address, mapped
    [InlineData("::ffff:10.80.1.1")]
    public void UnknownTarget_IsNotAnsweredFor(string target)
    {
        // Networks without a gateway of the version have zeroes there.
        Scene.Maps.Networks.Set(TestNetwork.Alone.Number, TestNetwork.Alone.ToRow());
        Ask(Scene.A, IPAddress.Parse(target)).IsDropped(DropReason.NoSuchEndpoint);
        Ask(Scene.G, IPAddress.Parse(target)).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void Target_WhosePortIsClosed_IsNotAnsweredFor()
    {
        Scene.Close(Scene.B);
        Ask(Scene.A, Scene.B.V6).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void Question_ThatCameThroughARouter_IsMalformed()
    {
        foreach (byte hops in (byte[])[0, 1, 64, 254])
            Send(Scene.A, NeighbourDiscovery.Solicit(Scene.A.V6, Scene.B.V6, Scene.A.Mac) with { Hops = hops }).IsDropped(DropReason.Malformed);
    }

    [Fact]
    public void Question_WithoutItsTarget_IsMalformed()
    {
        foreach (int length in new[] { 0, 1, 8, 15 })
        {
            Packet question = NeighbourDiscovery.Solicit(Scene.A.V6, Scene.B.V6, null);
            question = question with { Segment = Segment.Icmp(true, NeighbourDiscovery.Solicitation, body: Scene.B.V6.GetAddressBytes()[..length]) };
            Send(Scene.A, question).IsDropped(DropReason.Malformed);
            // Not even if the rest stands behind the packet's end.
            byte[] frame = Frame.Of(NeighbourDiscovery.MacOf(question.Destination), Scene.A.Mac, question);
            Scene.Send(Scene.A, [.. frame, .. Scene.B.V6.GetAddressBytes()[length..]]).IsDropped(DropReason.Malformed);
        }
    }

    [Fact]
    public void Question_InDisguise_IsNotAnswered()
    {
        Packet question = NeighbourDiscovery.Solicit(Scene.A.V6, Scene.B.V6, Scene.A.Mac);
        Send(Scene.A, question with { Extensions = [Extension.DestinationOptions()] }).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, Frame.Of(NeighbourDiscovery.MacOf(question.Destination), Scene.A.Mac, question.Fragment(0, 24))).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, Frame.Of(NeighbourDiscovery.MacOf(question.Destination), Scene.A.Mac, question.Fragment(0))).IsDropped(DropReason.Malformed);
    }

    [Fact]
    public void Sender_ThatIsSomebodyElse_IsDropped()
    {
        Send(Scene.A, NeighbourDiscovery.Solicit(Scene.B.V6, Scene.C.V6, Scene.A.Mac)).IsDropped(DropReason.SourceAddress);
        Send(Scene.A, NeighbourDiscovery.Solicit(TestNetwork.Web.Gateway6, Scene.C.V6, Scene.A.Mac)).IsDropped(DropReason.SourceAddress);
        Packet question = NeighbourDiscovery.Solicit(Scene.B.V6, Scene.C.V6, Scene.B.Mac);
        Scene.Send(Scene.A, Frame.Of(NeighbourDiscovery.MacOf(question.Destination), Scene.B.Mac, question)).IsDropped(DropReason.SourceMac);
    }

    [Fact]
    public void Resolver_LearnsOfEndpoints_AndNotOfTheGateway_WhoseAddressItCarries()
    {
        Bytes.Equal(Answer(Scene.WebResolver, TestNetwork.Web.Gateway6, Scene.A.V6, Scene.A.Mac), Ask(Scene.WebResolver, Scene.A.V6).IsAnswered().Frame);
        Ask(Scene.WebResolver, TestNetwork.Web.Gateway6).IsDropped(DropReason.NoSuchEndpoint);
    }

    private Outcome Ask(TestEndpoint asker, IPAddress target) => Send(asker, NeighbourDiscovery.Solicit(asker.V6, target, asker.Mac));

    private Outcome Send(TestEndpoint asker, Packet question) => Scene.Send(asker, Frame.Of(NeighbourDiscovery.MacOf(question.Destination), asker.Mac, question));

    private static byte[] Answer(TestEndpoint asker, IPAddress askerAddress, IPAddress target, Model.Addressing.MacAddress mac)
        => Frame.Of(asker.Mac, mac, NeighbourDiscovery.Advertise(target, askerAddress, mac));
}
