namespace Fairway.Model.Hcn.V1;

/// <summary>Counters of an endpoint since it was attached (schema 1, EndpointStats).</summary>
public sealed record HnsEndpointStats
{
    /// <summary>Bytes delivered to it.</summary>
    public ulong BytesReceived { get; init; }
    /// <summary>Bytes forwarded for it.</summary>
    public ulong BytesSent { get; init; }
    /// <summary>Packets for it that were dropped.</summary>
    public ulong DroppedPacketsIncoming { get; init; }
    /// <summary>Packets of it that were dropped.</summary>
    public ulong DroppedPacketsOutgoing { get; init; }
    /// <summary>The endpoint.</summary>
    public Guid EndpointId { get; init; }
    /// <summary>The same: there is one instance of it.</summary>
    public Guid InstanceId { get; init; }
    /// <summary>Packets delivered to it.</summary>
    public ulong PacketsReceived { get; init; }
    /// <summary>Packets forwarded for it.</summary>
    public ulong PacketsSent { get; init; }
}
