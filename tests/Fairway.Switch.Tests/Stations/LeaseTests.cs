using System.Buffers.Binary;
using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Stations;

/// <summary>Endpoints whose address is what a DHCP server of the LAN gave them.</summary>
public sealed class LeaseTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const byte Discover = 1;
    private const byte Offer = 2;
    private const byte Request = 3;
    private const byte Decline = 4;
    private const byte Ack = 5;
    private const byte Nak = 6;
    private const byte Release = 7;

    private static readonly IPAddress s_server = IPAddress.Parse("10.80.5.200");
    private static readonly IPAddress s_given = IPAddress.Parse("10.80.5.50");

    private static TestUplink Lan => TestUplink.Lan;

    [Fact]
    public void Client_WithoutAnAddress_ReachesTheLanOnly()
    {
        (TestEndpoint a, TestEndpoint b) = Open();
        Scene.Send(a, FromClient(a, Discover, IPAddress.Any, IPAddress.Broadcast)).LeavesBy(Lan);
        Assert.Equal(0ul, Scene.Statistics(b).PacketsIn);
        // Nothing else comes from nowhere, and not from endpoints that have addresses.
        Scene.Send(a, Frame.Of(Frame.Broadcast, a.Mac, new Packet(IPAddress.Any, IPAddress.Broadcast, Segment.Udp(68, 69)))).IsDropped(DropReason.SourceAddress);
        Scene.Send(b, FromClient(b, Discover, IPAddress.Any, IPAddress.Broadcast)).IsDropped(DropReason.SourceAddress);
        Scene.Send(a, Frame.Of(TestUplink.RouterMac, a.Mac, new Packet(s_given, Outside.Server(false), Segments.Syn()))).IsDropped(DropReason.SourceAddress);
    }

    [Fact]
    public void Address_Acknowledged_IsTheEndpoints_UntilItIsReleased()
    {
        (TestEndpoint a, _) = Open();
        Scene.Receive(Lan, FromServer(a, Offer, s_given)).ReachesPort(a);
        Scene.Send(a, Call(a, s_given)).IsDropped(DropReason.SourceAddress);
        Scene.Send(a, FromClient(a, Request, IPAddress.Any, IPAddress.Broadcast)).LeavesBy(Lan);
        Scene.Receive(Lan, FromServer(a, Ack, s_given)).ReachesPort(a);
        Scene.Send(a, Call(a, s_given)).LeavesBy(Lan);
        Scene.Receive(Lan, Frame.Of(a.Mac, TestUplink.RouterMac, new Packet(Outside.Client(false), s_given, Segments.Syn()))).ReachesPort(a);
        Assert.Equal(a.Mac, Scene.Receive(Lan, Frame.Of(Frame.Broadcast, TestUplink.RouterMac, Frame.Arp, Arp.Of(Arp.Request, TestUplink.RouterMac, s_server, new MacAddress(0), s_given))).IsAnswered().Reading.From);

        // Renewed in person, rebound by calling all.
        Scene.Send(a, FromClient(a, Request, s_given, s_server)).LeavesBy(Lan);
        Scene.Send(a, FromClient(a, Request, s_given, IPAddress.Broadcast)).LeavesBy(Lan);
        Scene.Receive(Lan, FromServer(a, Ack, s_given, s_given)).ReachesPort(a);

        Scene.Send(a, FromClient(a, Release, s_given, s_server)).LeavesBy(Lan);
        Scene.Send(a, Call(a, s_given)).IsDropped(DropReason.SourceAddress);
        Assert.Empty(Scene.Switch.Maps.Leases.Enumerate());
    }

    [Fact]
    public void Address_Exchanged_TakesTheOldOneAway()
    {
        (TestEndpoint a, _) = Open();
        Scene.Receive(Lan, FromServer(a, Ack, s_given)).ReachesPort(a);
        IPAddress other = IPAddress.Parse("10.80.5.51");
        Scene.Receive(Lan, FromServer(a, Ack, other)).ReachesPort(a);
        Scene.Send(a, Call(a, s_given)).IsDropped(DropReason.SourceAddress);
        Scene.Send(a, Call(a, other)).LeavesBy(Lan);
        Scene.Receive(Lan, FromServer(a, Nak, IPAddress.Any)).ReachesPort(a);
        Scene.Send(a, Call(a, other)).IsDropped(DropReason.SourceAddress);
        Scene.Receive(Lan, FromServer(a, Ack, other)).ReachesPort(a);
        Scene.Send(a, FromClient(a, Decline, IPAddress.Any, IPAddress.Broadcast)).LeavesBy(Lan);
        Scene.Send(a, Call(a, other)).IsDropped(DropReason.SourceAddress);
    }

    [Fact]
    public void Lease_ThatHasEnded_IsNoAddress()
    {
        (TestEndpoint a, _) = Open();
        Scene.Receive(Lan, FromServer(a, Ack, s_given)).ReachesPort(a);
        LeaseRow lease = Scene.Switch.Maps.Leases.Find(a.Port)!.Value;
        Scene.Switch.Maps.Leases.Set(a.Port, lease with { Ends = lease.Ends - 3601 });
        Scene.Receive(Lan, Frame.Of(a.Mac, TestUplink.RouterMac, new Packet(Outside.Client(false), s_given, Segments.Syn()))).Passes();
        Scene.Send(a, Call(a, s_given)).IsDropped(DropReason.SourceAddress);
    }

    [Fact]
    public void Address_OfSomebodyHere_IsNotTaken()
    {
        (TestEndpoint a, TestEndpoint b) = Open();
        foreach (IPAddress taken in (IPAddress[])[b.V4, Lan.V4!, IPAddress.Any, IPAddress.Parse("224.0.0.1")])
        {
            Scene.Receive(Lan, FromServer(a, Ack, taken)).Passes();
            Assert.Empty(Scene.Switch.Maps.Leases.Enumerate());
        }
        Scene.Receive(Lan, Frame.Of(b.Mac, TestUplink.RouterMac, new Packet(Outside.Client(false), b.V4, Segments.Syn()))).ReachesPort(b);
        // Nor by an endpoint whose addresses are given here, nor by a message without a lease time.
        Scene.Receive(Lan, FromServer(b, Ack, s_given)).Passes();
        Scene.Receive(Lan, FromServer(a, Ack, s_given, seconds: 0)).ReachesPort(a);
        Assert.Empty(Scene.Switch.Maps.Leases.Enumerate());
    }

    /// <summary>The first endpoint has no addresses.</summary>
    private (TestEndpoint First, TestEndpoint Second) Open()
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan());
        Scene.RemoveAddress(a, a.V4);
        Scene.RemoveAddress(a, a.V6);
        PortRow row = a.ToRow();
        row.Flags |= PortFlags.Leases;
        row.Address4 = row.Address6 = MappedAddress.None;
        Scene.Maps.Ports.Set(a.Port, row);
        return (a, b);
    }

    private static byte[] Call(TestEndpoint from, IPAddress source) => Frame.Of(TestUplink.RouterMac, from.Mac, new Packet(source, Outside.Server(false), Segments.Syn()));

    private static byte[] FromClient(TestEndpoint client, byte message, IPAddress source, IPAddress to)
        => Frame.Of(to.Equals(IPAddress.Broadcast) ? Frame.Broadcast : TestUplink.RouterMac, client.Mac, new Packet(source, to, Segment.Udp(68, 67, Message(1, message, client.Mac, IPAddress.Any, 0))));

    private static byte[] FromServer(TestEndpoint client, byte message, IPAddress yours, IPAddress? to = null, uint seconds = 3600)
        => Frame.Of(to is null ? Frame.Broadcast : client.Mac, TestUplink.RouterMac, new Packet(s_server, to ?? IPAddress.Broadcast, Segment.Udp(67, 68, Message(2, message, client.Mac, yours, seconds))));

    /// <summary>RFC 2131, 2: the options that matter stand behind one that does not, and behind padding.</summary>
    private static byte[] Message(byte op, byte message, MacAddress client, IPAddress yours, uint seconds)
    {
        byte[] bytes = new byte[300];
        (bytes[0], bytes[1], bytes[2]) = (op, 1, 6);
        yours.GetAddressBytes().CopyTo(bytes, 16);
        client.CopyTo(bytes.AsSpan(28));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(236), 0x6382_5363);
        byte[] options = [0, 54, 4, .. s_server.GetAddressBytes(), 53, 1, message, .. seconds == 0 ? (byte[])[] : [51, 4, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(seconds))], 255];
        options.CopyTo(bytes, 240);
        return bytes;
    }
}
