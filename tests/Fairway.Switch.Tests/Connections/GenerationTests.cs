using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Connections;

/// <summary>A number, or an address, that passes to another endpoint does not take connections along.</summary>
public sealed class GenerationTests(SwitchUnderTest fixture) : ConnectionTest(fixture)
{
    [Theory, BothVersions]
    public void Answer_ToAPortThatClosed_IsNotDelivered(bool version6)
    {
        EstablishTcp(version6);
        Scene.Close(Scene.A);
        Scene.Receive(TestUplink.Lan, Answer(Segments.Ack(443, Port))).Passes();
        AssertGone();
    }

    [Theory, BothVersions]
    public void Answer_ToTheNumbersNextOwner_IsNotDelivered(bool version6)
    {
        EstablishTcp(version6);
        Scene.Open(Scene.A with { Generation = Scene.A.Generation + 1 });
        Scene.Receive(TestUplink.Lan, Answer(Segments.Ack(443, Port))).Passes();
        AssertGone();
    }

    [Theory, BothVersions]
    public void NextOwner_WithTheSameAddress_BeginsAnew(bool version6)
    {
        EstablishTcp(version6);
        TestEndpoint next = Scene.A with { Generation = Scene.A.Generation + 1 };
        Scene.Open(next);
        Asks(TcpFlags.Syn);
        Assert.Equal(2, Scene.Flows.Count);
        Assert.Equal(next.Generation, Scene.Forward.Value.InGeneration);
        Assert.Equal((1u, 1u), Scene.Usage(next));
    }

    /// <summary>The address went to another port number: what the old one left behind must not stand in the way.</summary>
    [Theory, BothVersions]
    public void NextOwner_OfTheAddressOnAnotherPort_BeginsAnew(bool version6)
    {
        BeginUdp(version6);
        AnswersUdp();
        Scene.Close(Scene.A);
        TestEndpoint next = Scene.C with { V4 = Scene.A.V4, V6 = Scene.A.V6 };
        Scene.Open(next);

        int port = Scene.Send(next, next.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan).Reading.SourcePort;

        Scene.Receive(TestUplink.Lan, Answer(Segment.Udp(123, port))).ReachesPort(next);
        Assert.Equal(2, Scene.Flows.Count);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.A));
        Assert.Equal((1u, 0u), Scene.Usage(next));
    }

    [Theory, BothVersions]
    public void RouterError_ToTheNumbersNextOwner_IsNotDelivered(bool version6)
    {
        BeginUdp(version6);
        Packet error = new(Outside.Router(version6), TestUplink.Lan.Address(version6), Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 1, body:
            new Packet(TestUplink.Lan.Address(version6), Outside.Server(version6), Segment.Udp(Port, 123)).ToBytes()));
        Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.A);

        Scene.Open(Scene.A with { Generation = Scene.A.Generation + 1 });
        Scene.Receive(TestUplink.Lan, error).Passes();

        Scene.Close(Scene.A);
        Scene.Receive(TestUplink.Lan, error).Passes();
    }

    [Theory, BothVersions]
    public void Publication_OfAnEarlierOwner_LeadsNowhere(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Packet call = new(Outside.Client(version6), TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080));
        Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B);

        Scene.Open(Scene.B with { Generation = Scene.B.Generation + 1, Flags = PortFlags.Live | PortFlags.Published });
        Scene.Receive(TestUplink.Lan, call).IsDropped(DropReason.PortClosed);
        Assert.Empty(Scene.Flows);

        Scene.Close(Scene.B);
        Scene.Receive(TestUplink.Lan, call).IsDropped(DropReason.PortClosed);
    }

    [Theory, BothVersions]
    public void Caller_OfAPublicationThatLeft_GetsNoAnswers(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Send(Scene.D, Scene.D.To(TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080))).ReachesPort(Scene.B);
        Packet answer = Scene.B.To(Scene.D, version6, Segments.SynAck(80, 5555));
        Scene.Send(Scene.B, answer).ReachesPort(Scene.D);

        Scene.Open(Scene.D with { Generation = Scene.D.Generation + 1 });

        Scene.Send(Scene.B, answer).IsDropped(DropReason.Isolated);
        Assert.Empty(Scene.Flows);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.B));
    }
}
