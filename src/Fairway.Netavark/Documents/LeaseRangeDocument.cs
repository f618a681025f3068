namespace Fairway.Netavark.Documents;

/// <summary>Podman's slice of a subnet; a missing end is the subnet's own.</summary>
internal sealed record LeaseRangeDocument(string? StartIp, string? EndIp);
