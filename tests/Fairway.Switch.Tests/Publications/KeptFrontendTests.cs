using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;
using Fairway.Model.Flows;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Publications;

/// <summary>Load balancers that keep the address which was called: the backend answers from it, and from nobody else's.</summary>
public sealed class KeptFrontendTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int Size = 1200;

    private static readonly byte[] s_payload = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))];
    private static readonly (int Offset, int? Length)[] s_pieces = [(0, Size), (Size, Size), (2 * Size, null)];

    [Theory, BothVersions]
    public void Answer_InPieces_ComesFromTheFrontend(bool version6)
    {
        Balance(version6);
        Scene.Receive(TestUplink.Lan, Asked(version6)).ReachesPort(Scene.B);
        Packet answer = new(Vip(version6), Outside.Client(version6), Segment.Udp(53, 4000, s_payload)) { Identification = 7 };
        Scene.Send(Scene.B, Scene.B.Frame(answer.Fragment(2 * Size))).IsDropped(DropReason.SourceAddress);

        foreach ((int offset, int? length) in s_pieces)
            Bytes.Equal(Scene.B.Frame((answer with { Hops = 63 }).Fragment(offset, length)), Scene.Send(Scene.B, Scene.B.Frame(answer.Fragment(offset, length))).LeavesBy(TestUplink.Lan).Frame);
    }

    /// <summary>Two backends may answer the same caller, each with datagrams that it numbers for itself.</summary>
    [Theory, BothVersions]
    public void PiecesOfAnother_AreNobodysPorts(bool version6)
    {
        Balance(version6);
        Scene.Receive(TestUplink.Lan, Asked(version6)).ReachesPort(Scene.B);
        Packet answer = new(Vip(version6), Outside.Client(version6), Segment.Udp(53, 4000, s_payload)) { Identification = 7 };
        Packet strange = answer with { Segment = Segment.Udp(53, 4001, s_payload) };
        Scene.Open(Scene.C with { Flags = PortFlags.Live | PortFlags.Published });
        Scene.Send(Scene.B, Scene.B.Frame(answer.Fragment(0, Size))).LeavesBy(TestUplink.Lan);

        Scene.Send(Scene.C, Scene.C.Frame(answer.Fragment(Size, Size))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.C, Scene.C.Frame(strange.Fragment(0, Size))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.C, Scene.C.Frame(strange.Fragment(Size, Size))).IsDropped(DropReason.SourceAddress);

        Scene.Send(Scene.B, Scene.B.Frame(answer.Fragment(2 * Size))).LeavesBy(TestUplink.Lan);
    }

    /// <summary>What somebody sends in another's name does not keep that one's connection from expiring.</summary>
    [Theory, BothVersions]
    public void AnswerOfAnother_LeavesTheConnectionToAge(bool version6)
    {
        Balance(version6);
        Scene.Receive(TestUplink.Lan, Asked(version6)).ReachesPort(Scene.B);
        Scene.AgeAll(5);
        uint seen = Scene.Reply.Value.Seen;
        Scene.Open(Scene.C with { Flags = PortFlags.Live | PortFlags.Published });

        Scene.Send(Scene.C, new Packet(Vip(version6), Outside.Client(version6), Segment.Udp(53, 4000))).IsDropped(DropReason.SourceAddress);
        Assert.Equal(seen, Scene.Reply.Value.Seen);

        Scene.Send(Scene.B, new Packet(Vip(version6), Outside.Client(version6), Segment.Udp(53, 4000))).LeavesBy(TestUplink.Lan);
        Assert.NotEqual(seen, Scene.Reply.Value.Seen);
    }

    private static IPAddress Vip(bool version6) => IPAddress.Parse(version6 ? "fd00:96::10" : "10.96.0.10");

    private static Packet Asked(bool version6) => new(Outside.Client(version6), Vip(version6), Segment.Udp(4000, 53));

    private void Balance(bool version6)
    {
        Scene.Balance(new LoadBalancerPlan(
            Scene.Balancer,
            [new ServicePlan(Vip(version6), TransportProtocol.Udp, 53, 53, SessionAffinity.None, Internal: false) { KeepsFrontend = true }],
            [new BackendPlan(Guid.NewGuid(), Scene.B.Port, Scene.B.Generation, TestNetwork.Web.Number, Scene.B.Address(version6))]));
        Scene.Open(Scene.B with { Flags = PortFlags.Live | PortFlags.Published });
    }
}
