using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Translation;

/// <summary>A datagram in pieces: only the first one tells its ports.</summary>
public sealed class FragmentTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int Size = 1200;

    private static readonly byte[] s_payload = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))];

    [Theory, BothVersions]
    public void Fragments_LeaveTranslated_AndAnswersComeBack(bool version6)
    {
        foreach (uint identification in (uint[])[0x4242, 0, 0xFFFF])
        {
            Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, s_payload)) with { Identification = identification };
            int port = Scene.Send(Scene.A, Scene.A.Frame(asked.Fragment(0, Size))).LeavesBy(TestUplink.Lan).Reading.SourcePort;
            Packet expected = asked with { Source = TestUplink.Lan.Address(version6), Hops = 63, Segment = asked.Segment.WithPorts(port, 123) };
            foreach ((int offset, int? length) in Pieces)
                Bytes.Equal(Scene.A.Frame(expected.Fragment(offset, length)), Scene.Send(Scene.A, Scene.A.Frame(asked.Fragment(offset, length))).LeavesBy(TestUplink.Lan).Frame);

            Packet answer = new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, port, s_payload)) { Identification = identification };
            Packet arrives = answer with { Destination = Scene.A.Address(version6), Hops = 63, Segment = answer.Segment.WithPorts(123, 4000) };
            foreach ((int offset, int? length) in Pieces)
            {
                byte[] frame = Scene.Receive(TestUplink.Lan, TestUplink.Lan.Frame(answer.Fragment(offset, length))).ReachesPort(Scene.A).Frame;
                Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, arrives.Fragment(offset, length)), frame);
            }
            Assert.Equal(2, Scene.Flows.Count);
        }
    }

    [Theory, BothVersions]
    public void Echo_InPieces_IsTranslated(bool version6)
    {
        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Icmp(version6, (byte)(version6 ? 128 : 8), rest: 4000u << 16, body: s_payload));
        int identifier = Scene.Send(Scene.A, Scene.A.Frame(asked.Fragment(0, Size))).LeavesBy(TestUplink.Lan).Reading.SourcePort;
        Packet expected = asked with { Source = TestUplink.Lan.Address(version6), Hops = 63, Segment = asked.Segment.WithPorts(identifier, identifier) };
        foreach ((int offset, int? length) in Pieces)
            Bytes.Equal(Scene.A.Frame(expected.Fragment(offset, length)), Scene.Send(Scene.A, Scene.A.Frame(asked.Fragment(offset, length))).LeavesBy(TestUplink.Lan).Frame);
    }

    [Theory, BothVersions]
    public void LaterFragment_BeforeTheFirst_IsUnknown_AndPassesAfterIt(bool version6)
    {
        foreach (uint identification in (uint[])[7, 0])
        {
            Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, s_payload)) with { Identification = identification };
            byte[] first = Scene.A.Frame(asked.Fragment(0, Size));
            byte[] last = Scene.A.Frame(asked.Fragment(2 * Size));
            Scene.Send(Scene.A, last).IsDropped(DropReason.UnknownFragment);
            int port = Scene.Send(Scene.A, first).LeavesBy(TestUplink.Lan).Reading.SourcePort;
            Scene.Send(Scene.A, last).LeavesBy(TestUplink.Lan);

            Packet answer = new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, port, s_payload)) { Identification = identification };
            byte[] lastAnswer = TestUplink.Lan.Frame(answer.Fragment(2 * Size));
            Scene.Receive(TestUplink.Lan, lastAnswer).Passes();
            Scene.Receive(TestUplink.Lan, TestUplink.Lan.Frame(answer.Fragment(0, Size))).ReachesPort(Scene.A);
            Scene.Receive(TestUplink.Lan, lastAnswer).ReachesPort(Scene.A);
        }
    }

    [Theory, BothVersions]
    public void LaterFragment_OfAnotherDatagram_IsUnknown(bool version6)
    {
        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, s_payload));
        Scene.Send(Scene.A, Scene.A.Frame(asked.Fragment(0, Size))).LeavesBy(TestUplink.Lan);
        Scene.Send(Scene.A, Scene.A.Frame((asked with { Identification = 1 }).Fragment(Size))).IsDropped(DropReason.UnknownFragment);
        Scene.Send(Scene.A, Scene.A.Frame((asked with { Destination = Outside.OtherServer(version6) }).Fragment(Size))).IsDropped(DropReason.UnknownFragment);
        Scene.Send(Scene.B, Scene.B.Frame((asked with { Source = Scene.B.Address(version6) }).Fragment(Size))).IsDropped(DropReason.UnknownFragment);
        Packet tcp = asked with { Segment = Segment.Tcp(4000, 123, TcpFlags.Ack, s_payload) };
        Scene.Send(Scene.A, Scene.A.Frame(tcp.Fragment(Size))).IsDropped(DropReason.UnknownFragment);
    }

    [Fact]
    public void AtomicFragment_OfIp6_IsAWholePacket()
    {
        Packet asked = Scene.A.To(Outside.Server(true), Segment.Udp(4000, 123)) with { Extensions = [Extension.Fragment(0, false, 99)] };
        int port = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan).Reading.SourcePort;
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(true), TestUplink.Lan.V6!, Segment.Udp(123, port)) with { Extensions = [Extension.Fragment(0, false, 99)] }).ReachesPort(Scene.A);
    }

    /// <summary>An error has no identifier; its later fragments must not pass for those of the echo that has 0 for one.</summary>
    [Theory, BothVersions]
    public void Error_InPieces_IsNoEcho(bool version6)
    {
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.EchoRequest(version6, 0))).LeavesBy(TestUplink.Lan);
        Packet error = Scene.A.To(Outside.Server(version6), Segment.Icmp(version6, (byte)(version6 ? 1 : 3), body: new byte[200]));
        Scene.Send(Scene.A, Scene.A.Frame(error.Fragment(0, 104))).IsDropped(DropReason.InvalidState);
        Scene.Send(Scene.A, Scene.A.Frame(error.Fragment(104))).IsDropped(DropReason.UnknownFragment);
    }

    [Theory, BothVersions]
    public void FirstFragment_TooShortForItsPorts_IsMalformed(bool version6)
    {
        Packet tcp = Scene.A.To(Outside.Server(version6), Segment.Tcp(4000, 443, TcpFlags.Syn, new byte[40]));
        Scene.Send(Scene.A, Scene.A.Frame(tcp.Fragment(0, 8))).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, Scene.A.Frame(tcp.Fragment(0, 16))).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, Scene.A.Frame(tcp.Fragment(0, 24))).LeavesBy(TestUplink.Lan);
    }

    [Fact]
    public void Fragments_OfAHostsOwnDatagram_AreLeftAlone()
    {
        Packet packet = new(Outside.Client(false), TestUplink.Lan.V4!, Segment.Udp(123, 9, s_payload));
        Scene.Receive(TestUplink.Lan, TestUplink.Lan.Frame(packet.Fragment(0, Size))).Passes();
        Scene.Receive(TestUplink.Lan, TestUplink.Lan.Frame(packet.Fragment(Size))).Passes();
    }

    private static (int Offset, int? Length)[] Pieces => [(0, Size), (2 * Size, null), (Size, Size)];
}
