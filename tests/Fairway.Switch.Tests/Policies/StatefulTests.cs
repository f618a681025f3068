using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Policies;

/// <summary>Rules are asked about the first packet of a connection; what belongs to it passes, and a change of rules asks again.</summary>
public sealed class StatefulTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    private Outcome FromA(bool version6, TcpFlags flags, int port = 4000) => Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Tcp(port, 80, flags)));

    private Outcome FromB(bool version6, TcpFlags flags, int port = 4000) => Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.Tcp(80, port, flags)));

    private void Establish(bool version6, int port = 4000)
    {
        FromA(version6, TcpFlags.Syn, port).ReachesPort(Scene.B);
        FromB(version6, SynAck, port).ReachesPort(Scene.A);
        FromA(version6, TcpFlags.Ack, port).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void Answers_PassClosedDirections(bool version6)
    {
        Scene.Police(Scene.A, Rule.AllowOut(port: 80), Rule.BlockIn(2));
        Establish(version6);
        Assert.Equal(2, Scene.Flows.Count);
        Assert.Equal((1u, 0u), Scene.Usage(Scene.A));
        FromB(version6, TcpFlags.Syn, 4001).IsDropped(DropReason.PolicyIn);
        FromA(version6, TcpFlags.Fin | TcpFlags.Ack).ReachesPort(Scene.B);
        FromB(version6, TcpFlags.Fin | TcpFlags.Ack).ReachesPort(Scene.A);
        FromA(version6, TcpFlags.Ack).ReachesPort(Scene.B);
        Assert.Empty(Scene.Flows);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Packet_IsDeliveredUnchanged(bool version6)
    {
        Scene.Police(Scene.B, Rule.AllowIn(port: 80));
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Tcp(4000, 80, TcpFlags.Syn)) with { Hops = 1 });
        byte[] expected = [.. frame];
        Scene.B.Mac.CopyTo(expected);
        Bytes.Equal(expected, Scene.Send(Scene.A, frame).ReachesPort(Scene.B).Frame);
    }

    [Theory, BothVersions]
    public void SynOfTheOtherSide_OverTheSamePorts_IsAnotherConnection(bool version6)
    {
        Scene.Police(Scene.A, Rule.AllowOut(port: 80), Rule.BlockIn(2));
        Establish(version6);
        FromB(version6, TcpFlags.Syn).IsDropped(DropReason.PolicyIn);
        FromB(version6, TcpFlags.Ack).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Change_CutsExactlyWhatIsNoLongerAllowed(bool version6)
    {
        Scene.Police(Scene.A, Rule.AllowOut());
        Establish(version6);
        Establish(version6, 5000);
        Scene.Police(Scene.A, Rule.AllowOut(), new() { Number = 2, Kind = Model.Policies.PolicyKind.Acl, Direction = Model.Policies.PolicyDirection.Out, Action = Model.Policies.PolicyAction.Block, Protocols = [6], LocalPorts = [new(4000, 4000)] });
        FromB(version6, TcpFlags.Ack).IsDropped(DropReason.PolicyOut);
        FromA(version6, TcpFlags.Ack).IsDropped(DropReason.PolicyOut);
        FromB(version6, TcpFlags.Ack).IsDropped(DropReason.PolicyOut);
        FromA(version6, TcpFlags.Syn).IsDropped(DropReason.PolicyOut);
        FromA(version6, TcpFlags.Ack, 5000).ReachesPort(Scene.B);
        FromB(version6, TcpFlags.Ack, 5000).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Connection_CutAndAllowedAgain_GoesOn(bool version6)
    {
        Scene.Police(Scene.B, Rule.AllowIn());
        Establish(version6);
        Scene.Police(Scene.B, Rule.BlockIn());
        FromA(version6, TcpFlags.Ack).IsDropped(DropReason.PolicyIn);
        FromB(version6, TcpFlags.Ack).IsDropped(DropReason.PolicyIn);
        Scene.Police(Scene.B, Rule.AllowIn());
        FromB(version6, TcpFlags.Ack).ReachesPort(Scene.A);
        FromA(version6, TcpFlags.Ack).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void ConnectionOlderThanTheFirstRule_IsJudgedByWhoCalled(bool version6)
    {
        // Nobody kept a row of these while there were no rules.
        Establish(version6);
        Assert.Empty(Scene.Flows);
        Scene.Police(Scene.A, Rule.AllowOut(), Rule.BlockIn(2));
        FromB(version6, TcpFlags.Ack).ReachesPort(Scene.A);
        FromA(version6, TcpFlags.Ack).ReachesPort(Scene.B);

        Scene.ForgetFlows();
        Scene.Police(Scene.A, Rule.BlockOut(), Rule.AllowIn(2));
        FromB(version6, TcpFlags.Ack).IsDropped(DropReason.PolicyOut);
        FromA(version6, TcpFlags.Ack).IsDropped(DropReason.PolicyOut);
    }

    [Theory, BothVersions]
    public void UdpAndEcho_AreAnswered(bool version6)
    {
        Scene.Police(Scene.A, Rule.AllowOut(), Rule.BlockIn(2));
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(4000, 53))).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.Udp(53, 4000))).ReachesPort(Scene.A);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.Udp(53, 4001))).IsDropped(DropReason.PolicyIn);
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.EchoRequest(version6, 7))).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.EchoReply(version6, 7))).ReachesPort(Scene.A);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.EchoRequest(version6, 8))).IsDropped(DropReason.PolicyIn);
    }

    [Theory, BothVersions]
    public void UdpCut_IsJudgedByItsNextPacket(bool version6)
    {
        Scene.Police(Scene.A, Rule.AllowOut());
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(4000, 53))).ReachesPort(Scene.B);
        Scene.Police(Scene.A, Rule.BlockOut());
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(4000, 53))).IsDropped(DropReason.PolicyOut);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.Udp(53, 4000))).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Fragments_FollowTheirFirst(bool version6)
    {
        Scene.Police(Scene.B, Rule.AllowIn(port: 5000));
        foreach ((int port, bool allowed) in new[] { (5000, true), (5001, false) })
        {
            Packet large = Scene.A.To(Scene.B, version6, Segment.Udp(4000, port, new byte[3000])) with { DontFragment = false, Identification = (uint)port };
            Outcome first = Scene.Send(Scene.A, Scene.A.Frame(large.Fragment(0, 1440)));
            Outcome later = Scene.Send(Scene.A, Scene.A.Frame(large.Fragment(1440)));
            if (allowed)
            {
                first.ReachesPort(Scene.B);
                later.ReachesPort(Scene.B);
            }
            else
            {
                first.IsDropped(DropReason.PolicyIn);
                later.IsDropped(DropReason.PolicyIn);
            }
        }
        Packet strange = Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000, new byte[3000])) with { DontFragment = false, Identification = 77 };
        Scene.Send(Scene.A, Scene.A.Frame(strange.Fragment(1440))).IsDropped(DropReason.UnknownFragment);
    }

    [Theory, BothVersions]
    public void IcmpError_AboutAConnection_PassesWithIt(bool version6)
    {
        Scene.Police(Scene.A, Rule.AllowOut(), Rule.BlockIn(2));
        Packet question = Scene.A.To(Scene.B, version6, Segment.Udp(4000, 53));
        Scene.Send(Scene.A, question).ReachesPort(Scene.B);
        Segment about = Segment.Icmp(version6, (byte)(version6 ? 1 : 3), (byte)(version6 ? 4 : 3), body: question.ToBytes());
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, about)).ReachesPort(Scene.A);
        Segment aboutNothing = Segment.Icmp(version6, (byte)(version6 ? 1 : 3), (byte)(version6 ? 4 : 3), body: Scene.A.To(Scene.B, version6, Segment.Udp(4000, 54)).ToBytes());
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, aboutNothing)).IsDropped(DropReason.PolicyIn);
    }

    [Theory, BothVersions]
    public void Host_CallsAndIsCalled_AsRulesSay(bool version6)
    {
        IPAddress gateway = TestNetwork.Web.Gateway(version6);
        Scene.Police(Scene.A, Rule.AllowIn(1, remote: gateway, port: 80), Rule.AllowOut(2, port: 22));
        Scene.SendFromHost(TestNetwork.Web, new Packet(gateway, Scene.A.Address(version6), Segment.Tcp(4000, 80, TcpFlags.Syn))).ReachesPort(Scene.A);
        Scene.Send(Scene.A, Scene.A.To(gateway, Segment.Tcp(80, 4000, SynAck))).ReachesHost(TestNetwork.Web);
        Scene.SendFromHost(TestNetwork.Web, new Packet(gateway, Scene.A.Address(version6), Segment.Tcp(4000, 81, TcpFlags.Syn))).IsDropped(DropReason.PolicyIn);
        Scene.Send(Scene.A, Scene.A.To(gateway, Segment.Tcp(5000, 22, TcpFlags.Syn))).ReachesHost(TestNetwork.Web);
        Scene.SendFromHost(TestNetwork.Web, new Packet(gateway, Scene.A.Address(version6), Segment.Tcp(22, 5000, SynAck))).ReachesPort(Scene.A);
        Scene.Send(Scene.A, Scene.A.To(gateway, Segment.Tcp(5001, 23, TcpFlags.Syn))).IsDropped(DropReason.PolicyOut);
    }

    [Theory, BothVersions]
    public void Resolver_IsAskedAndAnswers_WhenAllowed(bool version6)
    {
        IPAddress gateway = TestNetwork.Web.Gateway(version6);
        Scene.Police(Scene.A, Rule.AllowOut(protocols: [17], port: 53));
        Scene.Send(Scene.A, Scene.A.To(gateway, Segment.Udp(4000, 53))).ReachesPort(Scene.WebResolver);
        Scene.Send(Scene.WebResolver, new Packet(gateway, Scene.A.Address(version6), Segment.Udp(53, 4000))).ReachesPort(Scene.A);
        Scene.Send(Scene.A, Scene.A.To(gateway, Segment.Tcp(4000, 53, TcpFlags.Syn))).IsDropped(DropReason.PolicyOut);
    }

    [Theory, BothVersions]
    public void WayOut_AsRulesSay_AndCutWhenTheyChange(bool version6)
    {
        IPAddress server = Outside.Server(version6);
        Scene.Police(Scene.A, Rule.AllowOut(remote: server, port: 443), Rule.BlockIn(2));
        Scene.Send(Scene.A, Scene.A.To(server, Segment.Tcp(4000, 80, TcpFlags.Syn))).IsDropped(DropReason.PolicyOut);
        int port = Scene.Send(Scene.A, Scene.A.To(server, Segment.Tcp(4000, 443, TcpFlags.Syn))).LeavesBy(TestUplink.Lan).Reading.SourcePort;
        var answer = new Packet(server, TestUplink.Lan.Address(version6), Segment.Tcp(443, port, SynAck));
        Scene.Receive(TestUplink.Lan, answer).ReachesPort(Scene.A);
        Scene.Police(Scene.A, Rule.BlockOut());
        Scene.Receive(TestUplink.Lan, answer).IsDropped(DropReason.PolicyOut);
        Scene.Send(Scene.A, Scene.A.To(server, Segment.Tcp(4000, 443, TcpFlags.Ack))).IsDropped(DropReason.PolicyOut);
        Scene.Police(Scene.A, Rule.AllowOut());
        Scene.Send(Scene.A, Scene.A.To(server, Segment.Tcp(4000, 443, TcpFlags.Ack))).LeavesBy(TestUplink.Lan);
    }

    [Theory, BothVersions]
    public void Publication_IsJudgedByTheEndpointsOwnPort(bool version6)
    {
        IPAddress client = Outside.Server(version6);
        Scene.Publish(version6 ? IPAddress.IPv6Any : IPAddress.Any, 8080, Scene.B, 80, TransportProtocol.Tcp);
        Scene.Police(Scene.B, Rule.AllowIn(remote: client, port: 80), Rule.BlockOut(2));
        Packet Call(int port, TcpFlags flags) => new(client, TestUplink.Lan.Address(version6), Segment.Tcp(port, 8080, flags));
        Scene.Receive(TestUplink.Lan, Call(4000, TcpFlags.Syn)).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(client, Segment.Tcp(80, 4000, SynAck))).LeavesBy(TestUplink.Lan);
        Scene.Police(Scene.B, Rule.AllowIn(port: 8080));
        Scene.Send(Scene.B, Scene.B.To(client, Segment.Tcp(80, 4000, TcpFlags.Ack))).IsDropped(DropReason.PolicyIn);
        Scene.Receive(TestUplink.Lan, Call(4000, TcpFlags.Ack)).IsDropped(DropReason.PolicyIn);
        Scene.Receive(TestUplink.Lan, Call(4001, TcpFlags.Syn)).IsDropped(DropReason.PolicyIn);
    }

    [Theory, BothVersions]
    public void Hairpin_IsJudgedByBothEnds(bool version6)
    {
        Scene.Publish(version6 ? IPAddress.IPv6Any : IPAddress.Any, 8080, Scene.B, 80, TransportProtocol.Tcp);
        IPAddress host = TestUplink.Lan.Address(version6);
        Scene.Police(Scene.A, Rule.AllowOut(remote: host, port: 8080));
        Scene.Police(Scene.B, Rule.AllowIn(remote: Scene.A.Address(version6), port: 80));
        Scene.Send(Scene.A, Scene.A.To(host, Segment.Tcp(4000, 8080, TcpFlags.Syn))).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.Tcp(80, 4000, SynAck))).ReachesPort(Scene.A);
        Scene.Police(Scene.A, Rule.AllowOut(port: 80));
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.Tcp(80, 4000, TcpFlags.Ack))).IsDropped(DropReason.PolicyOut);
    }

    [Theory, BothVersions]
    public void Flood_OfACaller_UsesUpItsOwnQuota(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.HalfOpenQuota = 2);
        Scene.Police(Scene.B, Rule.AllowIn());
        FromA(version6, TcpFlags.Syn, 4000).ReachesPort(Scene.B);
        FromA(version6, TcpFlags.Syn, 4001).ReachesPort(Scene.B);
        FromA(version6, TcpFlags.Syn, 4002).IsDropped(DropReason.HalfOpenQuota);
        Scene.Send(Scene.C, Scene.C.To(Scene.B, version6, Segment.Tcp(4000, 80, TcpFlags.Syn))).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void EndpointsWithoutRules_KeepNoRows(bool version6)
    {
        Scene.Police(Scene.B, Rule.AllowIn());
        Scene.Send(Scene.A, Scene.A.To(Scene.C, version6, Segment.Tcp(1, 2, TcpFlags.Syn))).ReachesPort(Scene.C);
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void ImageThatIsMissing_Blocks(bool version6)
    {
        Scene.Open(Scene.C with { Flags = PortFlags.Live | PortFlags.Policed });
        Scene.Send(Scene.C, Scene.C.To(Scene.B, version6, Segment.Udp(1, 2))).IsDropped(DropReason.PolicyOut);
    }
}
