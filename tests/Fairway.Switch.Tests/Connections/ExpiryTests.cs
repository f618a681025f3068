using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Connections;

/// <summary>Silent connections end; rows are made to look older than they are.</summary>
public sealed class ExpiryTests(SwitchUnderTest fixture) : ConnectionTest(fixture)
{
    private const int Unanswered = 30;
    private const int UdpAnswered = 180;
    private const int Established = 7440;
    private const int Closing = 120;
    private const int Icmp = 60;

    [Theory, BothVersions]
    public void Udp_Unanswered_LivesHalfAMinute(bool version6)
    {
        BeginUdp(version6);
        EndsAfter(Unanswered, () => Scene.Receive(TestUplink.Lan, Answer(Segment.Udp(123, Port))), repeatable: false);
    }

    [Theory, BothVersions]
    public void Udp_Answered_LivesThreeMinutes(bool version6)
    {
        BeginUdp(version6);
        AnswersUdp();
        EndsAfter(UdpAnswered, () => Scene.Receive(TestUplink.Lan, Answer(Segment.Udp(123, Port))));
    }

    [Theory, BothVersions]
    public void Echo_LivesAMinute(bool version6)
    {
        BeginUdp(version6);
        Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
        Scene.Maps.Usage.Set(Scene.A.Port, default);
        int identifier = Scene.Send(Scene.A, Question(Segment.EchoRequest(version6, 1))).LeavesBy(TestUplink.Lan).Reading.SourcePort;
        EndsAfter(Icmp, () => Scene.Receive(TestUplink.Lan, Answer(Segment.EchoReply(version6, identifier))));
    }

    [Theory, BothVersions]
    public void Tcp_Unanswered_LivesHalfAMinute(bool version6)
    {
        BeginTcp(version6);
        EndsAfter(Unanswered, () => Scene.Receive(TestUplink.Lan, Answer(Segments.SynAck(443, Port))), repeatable: false);
    }

    [Theory, BothVersions]
    public void Tcp_Established_LivesTwoHours(bool version6)
    {
        EstablishTcp(version6);
        EndsAfter(Established, () => Scene.Receive(TestUplink.Lan, Answer(Segments.Ack(443, Port))));
    }

    /// <summary>A flood of SYN from addresses nobody has, each answered by the server, must not fill the table for two hours.</summary>
    [Theory, BothVersions]
    public void Tcp_AnsweredAndNotAcknowledged_LivesHalfAMinute(bool version6)
    {
        BeginTcp(version6);
        Answers(TcpFlags.Syn | TcpFlags.Ack);
        EndsAfter(Unanswered, () => Scene.Receive(TestUplink.Lan, Answer(Segments.SynAck(443, Port))));
    }

    [Theory, BothVersions]
    public void Tcp_ClosedByOneSide_LivesTwoMinutes(bool version6)
    {
        EstablishTcp(version6);
        Asks(TcpFlags.Fin | TcpFlags.Ack);
        EndsAfter(Closing, () => Scene.Receive(TestUplink.Lan, Answer(Segments.Ack(443, Port))));
    }

    [Theory, BothVersions]
    public void Tcp_ClosedByBothSides_LivesTenSeconds(bool version6)
    {
        EstablishTcp(version6);
        Asks(TcpFlags.Fin | TcpFlags.Ack);
        Answers(TcpFlags.Fin | TcpFlags.Ack);
        EndsAfter(10, () => Scene.Receive(TestUplink.Lan, Answer(Segment.Tcp(443, Port, TcpFlags.Fin | TcpFlags.Ack))));
    }

    [Theory, BothVersions]
    public void Stream_InOneDirection_KeepsTheOtherAlive(bool version6)
    {
        EstablishTcp(version6);
        Scene.Age(Scene.Reply.Key, Established + 1);
        Answers(TcpFlags.Ack);

        Scene.Age(Scene.Forward.Key, Established + 1);
        Asks(TcpFlags.Ack);

        Assert.Equal(2, Scene.Flows.Count);
        Assert.Equal((1u, 0u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Pause_InAStreamOfOneDirection_IsNotItsEnd(bool version6)
    {
        EstablishTcp(version6);
        Scene.Age(Scene.Reply.Key, Established + 1);
        Scene.Age(Scene.Forward.Key, 60);
        Asks(TcpFlags.Ack);
        Assert.Equal((1u, 0u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Expired_InBothDirections_EndsTheConnection_ForTheSenderToo(bool version6)
    {
        EstablishTcp(version6);
        Scene.AgeAll(Established + 1);

        // A new connection, for the switch: its account is settled and begun anew.
        Asks(TcpFlags.Ack);

        Assert.Equal(2, Scene.Flows.Count);
        Assert.Equal((1u, 1u), Scene.Usage(Scene.A));
    }

    /// <summary>Another CPU may have seen the clock tick already.</summary>
    [Theory, BothVersions]
    public void Row_FromTheNextSecond_IsNotOld(bool version6)
    {
        EstablishTcp(version6);
        Scene.AgeAll(-1);
        Answers(TcpFlags.Ack);
        Scene.AgeAll(-1);
        Asks(TcpFlags.Ack);
        Assert.Equal((1u, 0u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Row_WithoutItsTwin_EndsWhenItIsOld(bool version6)
    {
        EstablishTcp(version6);
        Scene.Maps.Flows.Remove(Scene.Forward.Key);
        Answers(TcpFlags.Ack);
        Scene.AgeAll(Established + 1);
        Scene.Receive(TestUplink.Lan, Answer(Segments.Ack(443, Port))).Passes();
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void EveryPacket_BeginsTheTimeAnew(bool version6)
    {
        BeginUdp(version6);
        for (int i = 0; i < 5; i++)
        {
            Scene.AgeAll(Unanswered);
            Scene.Send(Scene.A, Question(Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        }
        Assert.Equal((1u, 1u), Scene.Usage(Scene.A));
    }

    /// <param name="repeatable">Whether an answer leaves the time-out as it is.</param>
    private void EndsAfter(int seconds, Func<Outcome> answer, bool repeatable = true)
    {
        if (repeatable)
        {
            Scene.AgeAll(seconds);
            answer().ReachesPort(Scene.A);
        }
        Scene.AgeAll(seconds + 1);
        answer().Passes();
        AssertGone();
    }
}
