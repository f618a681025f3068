namespace Fairway.Model.Explain;

/// <summary>What kind of packet to explain.</summary>
public enum ExplainProtocol
{
    /// <summary>The SYN of a TCP connection.</summary>
    Tcp,
    /// <summary>The first datagram of a UDP exchange.</summary>
    Udp,
    /// <summary>An echo request (ping), of ICMP or ICMPv6.</summary>
    Icmp,
}
