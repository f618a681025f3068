namespace Fairway.Netavark.Documents;

/// <summary>A subnet of a network, its addresses as text.</summary>
internal sealed record SubnetDocument
{
    public required string Subnet { get; init; }
    public string? Gateway { get; init; }
    /// <summary>Where Podman takes addresses from.</summary>
    public LeaseRangeDocument? LeaseRange { get; init; }
}
