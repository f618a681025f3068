using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>First packets of the protocols the switch translates.</summary>
internal static class Segments
{
    /// <summary>Source port, or identifier, of all of them.</summary>
    public const int Port = 4000;

    public static Segment Syn(int source = Port, int destination = 443)
        => Segment.Tcp(source, destination, TcpFlags.Syn, options: [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]);

    public static Segment SynAck(int source, int destination) => Segment.Tcp(source, destination, TcpFlags.Syn | TcpFlags.Ack, options: [2, 4, 5, 0xB4]);

    public static Segment Ack(int source, int destination, byte[]? payload = null) => Segment.Tcp(source, destination, TcpFlags.Ack, payload);

    /// <summary>One of each: a question and what its answer looks like.</summary>
    public static IEnumerable<(Segment Question, Segment Answer)> Exchanges(bool version6) =>
    [
        (Syn(), SynAck(443, Port)),
        (Segment.Udp(Port, 123), Segment.Udp(123, Port, "answer!"u8.ToArray())),
        (Segment.Udp(Port, 123, []), Segment.Udp(123, Port, [1])),
        (Segment.EchoRequest(version6, Port), Segment.EchoReply(version6, Port)),
    ];
}
