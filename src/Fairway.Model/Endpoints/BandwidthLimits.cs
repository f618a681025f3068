namespace Fairway.Model.Endpoints;

/// <summary>How fast an endpoint may be. Packets above a limit wait a moment, and are dropped when too many do.</summary>
public sealed record BandwidthLimits
{
    /// <summary>Bits a second towards the endpoint, or null for no limit.</summary>
    public long? IncomingRate { get; init; }
    /// <summary>Bits towards the endpoint that may come at once; null for what 25 ms of the rate carry, and always enough for one packet.</summary>
    public long? IncomingBurst { get; init; }
    /// <summary>Bits a second from the endpoint, or null for no limit.</summary>
    public long? OutgoingRate { get; init; }
    /// <summary>Bits from the endpoint that may go at once; null for what 25 ms of the rate carry, and always enough for one packet.</summary>
    public long? OutgoingBurst { get; init; }
}
