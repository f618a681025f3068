using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.RouterErrors;

/// <summary>ICMP errors about translated packets are translated by the packet they quote.</summary>
public sealed class RouterErrorTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int Unreachable4 = 3;

    private static (byte Type, byte Code, uint Word)[] ErrorsOf(bool version6)
        => version6 ? [(1, 0, 0), (1, 4, 0), (2, 0, 1280), (3, 0, 0), (4, 1, 6)] : [(Unreachable4, 1, 0), (Unreachable4, 3, 0), (Unreachable4, 4, 1280), (11, 0, 0), (12, 0, 0x0800_0000)];

    [Theory, BothVersions]
    public void Error_AboutAPacketThatLeft_ReachesItsSender(bool version6)
    {
        IPAddress host = TestUplink.Lan.Address(version6);
        foreach ((Segment question, _) in Segments.Exchanges(version6))
        {
            Packet asked = Scene.A.To(Outside.Server(version6), question);
            Packet left = Translated(asked);
            foreach ((byte type, byte code, uint rest) in ErrorsOf(version6))
            {
                foreach (IPAddress teller in new[] { Outside.Router(version6), Outside.Server(version6) })
                {
                    Packet error = new(teller, host, Segment.Icmp(version6, type, code, rest, left.ToBytes()));
                    Packet arrives = error with { Destination = Scene.A.Address(version6), Hops = 63, Segment = Segment.Icmp(version6, type, code, rest, Quote(asked, left)) };
                    Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.A).Frame);
                }
            }
            Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
        }
    }

    /// <summary>Most routers quote eight bytes of what follows the IP header.</summary>
    [Theory, BothVersions]
    public void Error_WithTheShortestQuote_IsTranslated(bool version6)
    {
        int length = (version6 ? 40 : 20) + 8;
        foreach ((Segment question, _) in Segments.Exchanges(version6))
        {
            Packet asked = Scene.A.To(Outside.Server(version6), question);
            Packet left = Translated(asked);
            Packet error = new(Outside.Router(version6), TestUplink.Lan.Address(version6), Segment.Icmp(version6, ErrorsOf(version6)[0].Type, body: left.ToBytes()[..length]));
            Packet arrives = error with { Destination = Scene.A.Address(version6), Hops = 63, Segment = Segment.Icmp(version6, ErrorsOf(version6)[0].Type, body: Quote(asked, left)[..length]) };
            Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.A).Frame);

            for (int shorter = 0; shorter < length; shorter++)
                Scene.Receive(TestUplink.Lan, error with { Segment = Segment.Icmp(version6, ErrorsOf(version6)[0].Type, body: left.ToBytes()[..shorter]) }).Passes();
            Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
        }
    }

    [Fact]
    public void Error_AboutAPacketWithOptions_IsTranslated()
    {
        Packet asked = Scene.A.To(Outside.Server(false), Segments.Syn()) with { Options = [1, 1, 1, 1, 1, 1, 1, 0] };
        Packet left = Translated(asked);
        Packet error = new(Outside.Router(false), TestUplink.Lan.V4!, Segment.Icmp(false, 11, body: left.ToBytes()));
        Packet arrives = error with { Destination = Scene.A.V4, Hops = 63, Segment = Segment.Icmp(false, 11, body: Quote(asked, left)) };
        Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.A).Frame);
    }

    /// <summary>Both addresses have the same checksum, so the difference says that nothing changed.</summary>
    [Fact]
    public void Error_AboutAnAddressOfTheSameSum_IsTranslated()
    {
        IPAddress twin = IPAddress.Parse("fd00:80:1::3049");
        Assert.Equal(Checksum.Of(TestUplink.Lan.V6!.GetAddressBytes()), Checksum.Of(twin.GetAddressBytes()));
        Scene.AddAddress(Scene.A, twin);
        Packet asked = new(twin, Outside.Server(true), Segment.Udp(4000, 123));
        Packet left = Translated(asked);
        Packet error = new(Outside.Router(true), TestUplink.Lan.V6!, Segment.Icmp(true, 1, body: left.ToBytes()));
        Packet arrives = error with { Destination = twin, Hops = 63, Segment = Segment.Icmp(true, 1, body: Quote(asked, left)) };
        Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.A).Frame);
    }

    /// <summary>An endpoint tells the server that it does not want the answer.</summary>
    [Theory, BothVersions]
    public void Error_AboutAnAnswer_LeavesTranslated(bool version6)
    {
        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123));
        int port = Translated(asked).Segment.Bytes is var bytes ? bytes[0] << 8 | bytes[1] : 0;
        IPAddress host = TestUplink.Lan.Address(version6);
        Packet came = new(Outside.Server(version6), host, Segment.Udp(123, port));
        Packet seen = came with { Destination = Scene.A.Address(version6), Segment = Segment.Udp(123, 4000) };

        Packet error = Scene.A.To(Outside.Server(version6), Segment.Icmp(version6, ErrorsOf(version6)[1].Type, ErrorsOf(version6)[1].Code, body: seen.ToBytes()));
        Packet leaves = error with { Source = host, Hops = 63, Segment = Segment.Icmp(version6, ErrorsOf(version6)[1].Type, ErrorsOf(version6)[1].Code, body: Quote(came, seen)) };
        Bytes.Equal(Scene.A.Frame(leaves), Scene.Send(Scene.A, error).LeavesBy(TestUplink.Lan).Frame);
    }

    /// <summary>An endpoint may answer from any of its addresses, none of which means anything outside.</summary>
    [Theory, BothVersions]
    public void Error_FromTheEndpointsSecondAddress_LeavesWithTheConnectionsOwn(bool version6)
    {
        IPAddress second = TestNetwork.Web.Address(version6, 77);
        Scene.AddAddress(Scene.A, second);
        Translated(Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123)));
        Packet seen = new(Outside.Server(version6), Scene.A.Address(version6), Segment.Udp(123, 4000));
        Packet error = new(second, Outside.Server(version6), Segment.Icmp(version6, ErrorsOf(version6)[0].Type, body: seen.ToBytes()));
        Assert.Equal(TestUplink.Lan.Address(version6), Scene.Send(Scene.A, error).LeavesBy(TestUplink.Lan).Reading.Source);
    }

    [Theory, BothVersions]
    public void Error_AboutACall_LeavesAsTheHosts(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 123, Model.Ports.TransportProtocol.Udp);
        Packet call = new(Outside.Client(version6), TestUplink.Lan.Address(version6), Segment.Udp(5555, 8080));
        Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B);
        Packet seen = call with { Destination = Scene.B.Address(version6), Segment = Segment.Udp(5555, 123) };

        Packet error = Scene.B.To(Outside.Client(version6), Segment.Icmp(version6, ErrorsOf(version6)[1].Type, ErrorsOf(version6)[1].Code, body: seen.ToBytes()));
        Packet leaves = error with
        {
            Source = TestUplink.Lan.Address(version6),
            Hops = 63,
            Segment = Segment.Icmp(version6, ErrorsOf(version6)[1].Type, ErrorsOf(version6)[1].Code, body: Quote(call, seen)),
        };
        Bytes.Equal(Scene.B.Frame(leaves), Scene.Send(Scene.B, error).LeavesBy(TestUplink.Lan).Frame);
    }

    [Theory, BothVersions]
    public void Error_AboutAnAnswerToACall_ReachesTheEndpoint(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080))).ReachesPort(Scene.B);
        Packet answer = Scene.B.To(Outside.Client(version6), Segments.SynAck(80, 5555));
        Packet left = answer with { Source = TestUplink.Lan.Address(version6), Segment = answer.Segment.WithPorts(8080, 5555) };

        Packet error = new(Outside.Router(version6), TestUplink.Lan.Address(version6), Segment.Icmp(version6, ErrorsOf(version6)[2].Type, ErrorsOf(version6)[2].Code, 1280, left.ToBytes()));
        Packet arrives = error with
        {
            Destination = Scene.B.Address(version6),
            Hops = 63,
            Segment = Segment.Icmp(version6, ErrorsOf(version6)[2].Type, ErrorsOf(version6)[2].Code, 1280, Quote(answer, left)),
        };
        Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.B).Frame);
    }

    /// <summary>Errors have no identifier, and must not pass for packets of the echo that has 0 for one.</summary>
    [Theory, BothVersions]
    public void Error_BesideAnEchoOfIdentifierZero_IsTranslatedByItsQuote(bool version6)
    {
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.EchoRequest(version6, 0))).LeavesBy(TestUplink.Lan);
        Error_AboutAnAnswer_LeavesTranslated(version6);
        // Nor must other ICMP.
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Icmp(version6, (byte)(version6 ? 139 : 13), body: new byte[12]))).IsDropped(DropReason.Protocol);
    }

    /// <summary>Between two endpoints, by a publication.</summary>
    [Theory, BothVersions]
    public void Error_AboutAnEndpointsCall_ReachesTheCaller(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 123, Model.Ports.TransportProtocol.Udp);
        Packet call = Scene.D.To(TestUplink.Lan.Address(version6), Segment.Udp(5555, 8080));
        Scene.Send(Scene.D, call).ReachesPort(Scene.B);
        Packet seen = call with { Destination = Scene.B.Address(version6), Segment = Segment.Udp(5555, 123) };
        Packet error = Scene.B.To(Scene.D, version6, Segment.Icmp(version6, ErrorsOf(version6)[1].Type, ErrorsOf(version6)[1].Code, body: seen.ToBytes()));
        Reading arrived = Scene.Send(Scene.B, error).ReachesPort(Scene.D).Reading;
        Assert.Equal(TestUplink.Lan.Address(version6), arrived.Source);
        Assert.Equal((call.Source, call.Destination, 8080), (arrived.Quoted!.Source, arrived.Quoted.Destination, (int)arrived.Quoted.DestinationPort));
    }

    [Theory, BothVersions]
    public void Error_AboutSomethingElse_IsTheHostsOwn(bool version6)
    {
        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123));
        Packet left = Translated(asked);
        IPAddress host = TestUplink.Lan.Address(version6);
        Segment About(Packet packet) => Segment.Icmp(version6, ErrorsOf(version6)[0].Type, body: packet.ToBytes());
        Packet[] others =
        [
            left with { Segment = Segment.Udp(4000, 123) }, left with { Segment = left.Segment.WithPorts(4000, 54) }, left with { Destination = Outside.OtherServer(version6) },
            left with { Source = Outside.Client(version6) }, left with { Segment = Segment.Other(Protocols.Sctp, left.Segment.Bytes) }, asked,
            left with { Source = left.Destination, Destination = left.Source },
        ];
        foreach (Packet other in others)
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(version6), host, About(other))).Passes();
        // ICMP that is about no echo.
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(version6), host, About(left with { Segment = Segment.Icmp(version6, 13, body: new byte[12]) }))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(version6), host, Segment.Icmp(version6, ErrorsOf(version6)[0].Type))).Passes();
        Packet echo = Translated(Scene.A.To(Outside.Server(version6), Segment.EchoRequest(version6, 4000)));
        byte[] noEcho = [(byte)(version6 ? 139 : 13), .. echo.Segment.Bytes[1..]];
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(version6), host, About(echo with { Segment = echo.Segment with { Bytes = noEcho } }))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(version6), host, About(echo))).ReachesPort(Scene.A);
        // Passing by, to another host or to another address of this one.
        foreach (IPAddress elsewhere in new[] { Outside.Client(version6), TestUplink.Bare.Address(version6) })
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(version6), elsewhere, About(left))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(version6), host, About(left))).ReachesPort(Scene.A);
    }

    /// <summary>The next router may have no other address, and its packet-too-big must not be lost.</summary>
    [Fact]
    public void Error_FromALinkLocalAddress_IsToldOnByTheGateway()
    {
        Packet asked = Scene.A.To(Outside.Server(true), Segments.Syn());
        Packet left = Translated(asked);
        Packet error = new(IPAddress.Parse("fe80::1"), TestUplink.Lan.V6!, Segment.Icmp(true, 2, 0, 1280, left.ToBytes()));
        Packet arrives = new Packet(TestNetwork.Web.Gateway6, Scene.A.V6, Segment.Icmp(true, 2, 0, 1280, Quote(asked, left))) { Hops = 63 };
        Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.A).Frame);
    }

    [Theory]
    [InlineData("10.80.1.1")]
    [InlineData("10.80.1.12")]
    [InlineData("10.80.2.99")]
    [InlineData("192.0.2.10")]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("172.30.0.5")]
    [InlineData("fd00:80:1::1")]
    [InlineData("fd00:80:1::c")]
    [InlineData("2001:db8:2::10")]
    [InlineData("::1")]
    [InlineData("::")]
    public void Error_FromABorrowedAddress_IsDropped(string source)
    {
        IPAddress address = IPAddress.Parse(source);
        bool version6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        Packet left = Translated(Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123)));
        Packet error = new(address, TestUplink.Lan.Address(version6), Segment.Icmp(version6, ErrorsOf(version6)[0].Type, body: left.ToBytes()));
        Scene.Receive(TestUplink.Lan, error).IsDropped(DropReason.SourceAddress);
        // A router on the way may have an address that leads nowhere from here.
        Scene.Receive(TestUplink.Lan, error with { Source = IPAddress.Parse(version6 ? "2001:db8:203::1" : "10.203.0.1") }).ReachesPort(Scene.A);
    }

    /// <summary>Rows of both versions stand in one table.</summary>
    [Fact]
    public void Error_OfIp6_AboutAMappedIp4Packet_IsTheHostsOwn()
    {
        Packet left = Translated(Scene.A.To(Outside.Server(false), Segment.Udp(4000, 123)));
        Packet mapped = new(left.Source.MapToIPv6(), left.Destination.MapToIPv6(), left.Segment);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Router(true), TestUplink.Lan.V6!, Segment.Icmp(true, 1, body: mapped.ToBytes()))).Passes();
    }

    [Theory, BothVersions]
    public void Error_OfAnEndpoint_AboutSomethingElse_StaysHere(bool version6)
    {
        Packet seen = new(Outside.Server(version6), Scene.A.Address(version6), Segment.Udp(123, 4000));
        Segment error = Segment.Icmp(version6, ErrorsOf(version6)[1].Type, ErrorsOf(version6)[1].Code, body: seen.ToBytes());
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), error)).IsDropped(DropReason.InvalidState);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), error)).ReachesHost(TestNetwork.Web);
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, error)).ReachesPort(Scene.B);
        Scene.Send(Scene.E, Scene.E.To(Outside.Server(version6), error)).IsDropped(DropReason.Isolated);
        // B knows nothing of A's connection.
        Translated(Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123)));
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), error)).IsDropped(DropReason.InvalidState);
    }

    /// <summary>Sends a packet of A's out.</summary>
    /// <returns>The packet as it left, but for its time to live.</returns>
    private Packet Translated(Packet asked)
    {
        Reading left = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan).Reading;
        return asked with { Source = left.Source, Segment = asked.Segment.WithPorts(left.SourcePort, left.DestinationPort) };
    }

    /// <summary>
    /// What the receiver of an error should find quoted: the packet as it knows it, with the transport checksum of the one that was quoted. That one
    /// covers what is not there, so it is left alone.
    /// </summary>
    private static byte[] Quote(Packet known, Packet quoted)
    {
        byte[] bytes = known.ToBytes();
        int checksum = (known.IsVersion6 ? 40 : 20 + known.Options.Length) + known.Segment.ChecksumOffset!.Value;
        return bytes.With(checksum, quoted.ToBytes().AsSpan(checksum, 2));
    }
}
