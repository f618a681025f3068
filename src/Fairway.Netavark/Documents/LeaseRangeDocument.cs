namespace Fairway.Netavark.Documents;

/// <summary>Podman's slice of a subnet; a missing end is the subnet's own.</summary>
internal sealed record LeaseRangeDocument
{
    public string? StartIp { get; init; }
    public string? EndIp { get; init; }
}
