using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Connections;

/// <summary>A connection of A to a server outside, packet by packet.</summary>
public abstract class ConnectionTest(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private protected int Port { get; private set; }

    private protected bool Version6 { get; private set; }

    private protected Packet Question(Segment segment) => Scene.A.To(Outside.Server(Version6), segment);

    private protected Packet Answer(Segment segment) => new(Outside.Server(Version6), TestUplink.Lan.Address(Version6), segment);

    /// <summary>A sends.</summary>
    private protected void Asks(TcpFlags flags, byte[]? payload = null, byte[]? options = null)
        => Scene.Send(Scene.A, Question(Segment.Tcp(4000, 443, flags, payload, options))).LeavesBy(TestUplink.Lan);

    /// <summary>The server sends, and A gets it.</summary>
    private protected void Answers(TcpFlags flags, byte[]? payload = null) => Scene.Receive(TestUplink.Lan, Answer(Segment.Tcp(443, Port, flags, payload))).ReachesPort(Scene.A);

    private protected void BeginTcp(bool version6)
    {
        Version6 = version6;
        Port = Scene.Send(Scene.A, Question(Segments.Syn())).LeavesBy(TestUplink.Lan).Reading.SourcePort;
    }

    private protected void EstablishTcp(bool version6)
    {
        BeginTcp(version6);
        Answers(TcpFlags.Syn | TcpFlags.Ack);
        Asks(TcpFlags.Ack);
    }

    private protected void BeginUdp(bool version6)
    {
        Version6 = version6;
        Port = Scene.Send(Scene.A, Question(Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan).Reading.SourcePort;
    }

    private protected void AnswersUdp() => Scene.Receive(TestUplink.Lan, Answer(Segment.Udp(123, Port))).ReachesPort(Scene.A);

    private protected void AssertGone()
    {
        Assert.Empty(Scene.Flows);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.A));
    }
}
