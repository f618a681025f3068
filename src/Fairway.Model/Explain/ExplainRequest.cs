namespace Fairway.Model.Explain;

/// <summary>A question: what would become of the first packet of a connection?</summary>
public sealed record ExplainRequest
{
    /// <summary>Where an ephemeral source port usually lies, taken when none is asked about.</summary>
    public const ushort UsualSourcePort = 50000;

    /// <summary>Who sends: an endpoint (name, <c>network/name</c>, id or beginning of an id), <c>host</c>, or an address.</summary>
    public required string Source { get; init; }
    /// <summary>Whom it calls: an address, an endpoint or another name the network's resolver knows, a load balancer, or <c>host</c>.</summary>
    public required string Destination { get; init; }
    /// <summary>TCP, UDP or an echo request.</summary>
    public ExplainProtocol Protocol { get; init; }
    /// <summary>The port it calls, 1 to 65535; null for ICMP.</summary>
    public ushort? Port { get; init; }
    /// <summary>The port it calls from; null for a usual one.</summary>
    public ushort? SourcePort { get; init; }
    /// <summary>4 or 6 where both ends have addresses of both versions; null takes IPv4 then.</summary>
    public int? Version { get; init; }
}
