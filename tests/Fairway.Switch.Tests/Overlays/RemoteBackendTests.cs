using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Overlays;

/// <summary>Load balancers of an overlay network: backends here and on other hosts, called by its endpoints and by nobody else.</summary>
public sealed class RemoteBackendTests(SwitchUnderTest fixture) : OverlayTest(fixture)
{
    [Theory, BothVersions]
    public void Call_TravelsToTheOtherHost(bool version6)
    {
        Scene.BalanceElsewhere(Vip(version6), 80, 8080, TestNetwork.Web, [Remote(version6)]);
        foreach (Segment segment in (Segment[])[Segments.Syn(4000, 80), Segments.Ack(4000, 80)])
        {
            Packet call = Scene.A.To(Vip(version6), segment);
            Packet travels = call with { Destination = Remote(version6), Hops = 63, Segment = segment.WithPorts(4000, 8080) };

            Bytes.Equal(Frame.Of(RemoteMac, Scene.A.Mac, travels), Scene.Send(Scene.A, call).Travels(Vsid).Frame);
        }
        Assert.Equal(1u, Scene.Maps.Usage.Find(Scene.A.Port)!.Value.Flows);
    }

    [Fact]
    public void Answer_ComesFromTheVip()
    {
        Scene.BalanceElsewhere(Vip(false), 80, 8080, TestNetwork.Web, [Remote(false)]);
        Scene.Send(Scene.A, Scene.A.To(Vip(false), Segments.Syn(4000, 80))).Travels(Vsid);
        Packet answer = new(Remote(false), Scene.A.V4, Segments.SynAck(8080, 4000));

        byte[] received = ReceiveFromRemote(Scene.A, answer).ReachesPort(Scene.A).Frame;

        Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, answer with { Source = Vip(false), Hops = 63, Segment = answer.Segment.WithPorts(80, 4000) }), received);
        // What the same endpoint says on its own account is left as it is.
        Assert.Equal(Remote(false), Reading.OfFrame(ReceiveFromRemote(Scene.A, answer with { Segment = Segments.SynAck(8080, 4001) }).ReachesPort(Scene.A).Frame).Source);
    }

    [Fact]
    public void Error_AboutACall_QuotesTheVip()
    {
        Scene.BalanceElsewhere(Vip(false), 53, 5353, TestNetwork.Web, [Remote(false)], TransportProtocol.Udp);
        Packet call = Scene.A.To(Vip(false), Segment.Udp(4000, 53));
        Scene.Send(Scene.A, call).Travels(Vsid);
        Packet travelled = call with { Destination = Remote(false), Hops = 63, Segment = call.Segment.WithPorts(4000, 5353) };

        Reading error = ReceiveFromRemote(Scene.A, new Packet(Remote(false), Scene.A.V4, Segment.Icmp(false, 3, 3, body: travelled.ToBytes()))).ReachesPort(Scene.A).Reading;

        Assert.Equal(Vip(false), error.Source);
    }

    [Theory, BothVersions]
    public void BackendThatIsGone_TakesNoMoreCalls_AndAnotherTakesThem(bool version6)
    {
        Scene.BalanceElsewhere(Vip(version6), 53, 5353, TestNetwork.Web, [Remote(version6)], TransportProtocol.Udp);
        Packet call = Scene.A.To(Vip(version6), Segment.Udp(4000, 53));
        Scene.Send(Scene.A, call).Travels(Vsid);
        Scene.Maps.Remotes.Remove(KeyOf(Remote(version6)));
        Scene.Send(Scene.A, call).IsDropped(DropReason.NoBackend);

        Scene.Balance(Vip(version6), 53, 5353, [Scene.B], TransportProtocol.Udp);
        Scene.Send(Scene.A, call).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void BackendOfThisHost_Serves_AndAnswersFromTheVip(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.B]);
        Scene.Send(Scene.A, Scene.A.To(Vip(version6), Segments.Syn(4000, 80))).ReachesPort(Scene.B);

        Reading answer = Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segments.SynAck(8080, 4000))).ReachesPort(Scene.A).Reading;

        Assert.Equal((Vip(version6), 80), (answer.Source, (int)answer.SourcePort));
    }

    [Theory, BothVersions]
    public void CallersOfOtherNetworks_AndOfTheLan_AreIsolated(bool version6)
    {
        Scene.BalanceElsewhere(Vip(version6), 80, 8080, TestNetwork.Web, [Remote(version6)]);
        Scene.Send(Scene.D, Scene.D.To(Vip(version6), Segments.Syn(4000, 80))).IsDropped(DropReason.Isolated);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), Vip(version6), Segments.Syn(4000, 80))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void Overlay_DoesNotReachTheBackendsOfOthers_NorPublishedPorts(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.D]);
        Scene.Publish(TestUplink.Lan.Address(version6), 90, Scene.D, 90);
        Scene.Send(Scene.A, Scene.A.To(Vip(version6), Segments.Syn(4000, 80))).IsDropped(DropReason.Isolated);
        Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segments.Syn(4000, 90))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void Call_TooLargeForTheTunnel_IsRefusedWithItsSize(bool version6)
    {
        Scene.BalanceElsewhere(Vip(version6), 53, 5353, TestNetwork.Web, [Remote(version6)], TransportProtocol.Udp);
        int room = Mtu - (version6 ? 40 : 20) - 8;
        Scene.Send(Scene.A, Scene.A.To(Vip(version6), Segment.Udp(4000, 53, new byte[room]))).Travels(Vsid);

        Reading error = Scene.Send(Scene.A, Scene.A.To(Vip(version6), Segment.Udp(4000, 53, new byte[room + 1]))).IsAnswered().Reading;

        Assert.Equal((uint)Mtu, error.IcmpRest);
    }
}
