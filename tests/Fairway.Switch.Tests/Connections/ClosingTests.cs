using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Connections;

public sealed class ClosingTests(SwitchUnderTest fixture) : ConnectionTest(fixture)
{
    private const TcpFlags Fin = TcpFlags.Fin | TcpFlags.Ack;

    [Theory, BothVersions]
    public void Connection_TheClientCloses_IsGoneWithTheLastAcknowledgement(bool version6)
    {
        EstablishTcp(version6);
        Assert.Equal((1u, 0u), Scene.Usage(Scene.A));
        Asks(Fin);
        Answers(TcpFlags.Ack);
        Answers(TcpFlags.Ack, "late data"u8.ToArray());
        Asks(TcpFlags.Ack);
        Answers(Fin);
        Assert.Equal(2, Scene.Flows.Count);
        Asks(TcpFlags.Ack);
        AssertGone();
    }

    [Theory, BothVersions]
    public void Connection_TheServerCloses_IsGoneWithTheLastAcknowledgement(bool version6)
    {
        EstablishTcp(version6);
        Answers(Fin);
        Asks(TcpFlags.Ack);
        Asks(Fin);
        Assert.Equal(2, Scene.Flows.Count);
        Answers(TcpFlags.Ack);
        AssertGone();
    }

    /// <summary>The client closed its half, and what the server sent before its FIN got lost: the acknowledgement asks for it.</summary>
    [Theory, BothVersions]
    public void Connection_BothClosed_WithSomethingMissing_GoesOn(bool version6)
    {
        byte[] timestamps = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        byte[] selective = [1, 1, 5, 10, 0, 0, 0, 9, 0, 0, 0, 12];
        EstablishTcp(version6);
        Asks(Fin);
        Answers(Fin);
        Asks(TcpFlags.Ack, options: selective);
        Asks(TcpFlags.Ack, options: [.. timestamps, .. selective]);
        Answers(TcpFlags.Ack, "what was missing"u8.ToArray());
        Assert.Equal(2, Scene.Flows.Count);
        Asks(TcpFlags.Ack, options: timestamps);
        AssertGone();
    }

    [Theory, BothVersions]
    public void Connection_BothClose_IsGoneWithAnAcknowledgement(bool version6)
    {
        EstablishTcp(version6);
        Asks(Fin);
        Answers(Fin);
        Assert.Equal(2, Scene.Flows.Count);
        Asks(TcpFlags.Ack);
        AssertGone();
    }

    [Theory, BothVersions]
    public void Connection_OneSideCloses_GoesOn(bool version6)
    {
        EstablishTcp(version6);
        Asks(Fin);
        for (int i = 0; i < 3; i++)
        {
            Answers(TcpFlags.Ack, "more"u8.ToArray());
            Asks(TcpFlags.Ack);
        }
        Assert.Equal(2, Scene.Flows.Count);
    }

    [Theory, BothVersions]
    public void Fin_SentAgain_ChangesNothing(bool version6)
    {
        EstablishTcp(version6);
        Asks(Fin);
        Asks(Fin);
        Answers(Fin);
        Answers(Fin);
        Assert.Equal(2, Scene.Flows.Count);
        Assert.Equal((1u, 0u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Reset_IsDelivered_AndTheRowsLiveTenSeconds(bool version6)
    {
        EstablishTcp(version6);
        Answers(TcpFlags.Rst);
        Assert.Equal(2, Scene.Flows.Count);
        Scene.AgeAll(10);
        Answers(TcpFlags.Rst);
        Scene.AgeAll(11);
        Scene.Receive(TestUplink.Lan, Answer(Segment.Tcp(443, Port, TcpFlags.Ack))).Passes();
        AssertGone();
    }

    [Theory, BothVersions]
    public void Reset_OfTheClient_IsDelivered(bool version6)
    {
        BeginTcp(version6);
        Asks(TcpFlags.Rst);
        Scene.AgeAll(11);
        Scene.Receive(TestUplink.Lan, Answer(Segments.SynAck(443, Port))).Passes();
        AssertGone();
    }

    [Theory, BothVersions]
    public void PublishedConnection_IsGoneWithTheLastAcknowledgement(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        var client = Outside.Client(version6);
        void Calls(TcpFlags flags) => Scene.Receive(TestUplink.Lan, new Packet(client, TestUplink.Lan.Address(version6), Segment.Tcp(5555, 8080, flags))).ReachesPort(Scene.B);
        void Serves(TcpFlags flags) => Scene.Send(Scene.B, Scene.B.To(client, Segment.Tcp(80, 5555, flags))).LeavesBy(TestUplink.Lan);

        Calls(TcpFlags.Syn);
        Assert.Equal((1u, 1u), Scene.Usage(Scene.B));
        Serves(TcpFlags.Syn | TcpFlags.Ack);
        Assert.Equal((1u, 0u), Scene.Usage(Scene.B));
        Calls(TcpFlags.Ack);
        Calls(Fin);
        Serves(Fin);
        Calls(TcpFlags.Ack);

        Assert.Empty(Scene.Flows);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.B));
    }
}
