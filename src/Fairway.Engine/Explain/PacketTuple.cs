using System.Net;
using System.Net.Sockets;
using Fairway.Model.Explain;
using Fairway.Model.Policies;
using Fairway.Model.Ports;

namespace Fairway.Engine.Explain;

/// <summary>What the layers see of a packet that may open a connection. Ports of an echo request are 0.</summary>
internal sealed record PacketTuple(byte Protocol, IPAddress Source, ushort SourcePort, IPAddress Destination, ushort DestinationPort)
{
    private const byte Icmp = 1;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte IcmpV6 = 58;
    private const byte EchoRequest = 8;
    private const byte EchoRequestV6 = 128;

    public AddressFamily Family => Destination.AddressFamily;

    /// <summary>What publications and load balancers are about; null for an echo request.</summary>
    public TransportProtocol? Transport => Protocol switch
    {
        Tcp => TransportProtocol.Tcp,
        Udp => TransportProtocol.Udp,
        _ => null,
    };

    private IcmpMessage? Message => Protocol switch
    {
        Icmp => new IcmpMessage(EchoRequest, 0),
        IcmpV6 => new IcmpMessage(EchoRequestV6, 0),
        _ => null,
    };

    /// <summary>What the sender's access rules are asked about.</summary>
    public PolicyTuple Outgoing => new(PolicyDirection.Out, Source, Destination, Protocol, SourcePort, DestinationPort, Message);

    /// <summary>What the receiver's are.</summary>
    public PolicyTuple Incoming => new(PolicyDirection.In, Destination, Source, Protocol, DestinationPort, SourcePort, Message);

    public static PacketTuple Of(ExplainRequest request, IPAddress source, IPAddress destination) => new(
        request.Protocol switch
        {
            ExplainProtocol.Tcp => Tcp,
            ExplainProtocol.Udp => Udp,
            _ => destination.AddressFamily == AddressFamily.InterNetwork ? Icmp : IcmpV6,
        },
        source,
        request.Port is null ? (ushort)0 : request.SourcePort ?? ExplainRequest.UsualSourcePort,
        destination,
        request.Port ?? 0);

    public ExplainTuple Shown => new(Protocol, Source, Transport is null ? null : SourcePort, Destination, Transport is null ? null : DestinationPort);

    /// <summary>The same with a source port that the switch chooses.</summary>
    public ExplainTuple ShownTranslated => Shown with { SourcePort = null };

    public override string ToString() => Transport is null ? $"{Destination}" : Ends.Text(Destination, DestinationPort);
}
