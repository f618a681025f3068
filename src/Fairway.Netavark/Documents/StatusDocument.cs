namespace Fairway.Netavark.Documents;

/// <summary>What a container got of one network.</summary>
internal sealed record StatusDocument
{
    public required IReadOnlyList<string> DnsSearchDomains { get; init; }
    public required IReadOnlyList<string> DnsServerIps { get; init; }
    public required IReadOnlyDictionary<string, InterfaceDocument> Interfaces { get; init; }
}
