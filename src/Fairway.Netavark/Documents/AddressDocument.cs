namespace Fairway.Netavark.Documents;

/// <summary>An address of an interface.</summary>
/// <param name="Ipnet">The address with the length of its prefix.</param>
/// <param name="Gateway">The way out, or null.</param>
internal sealed record AddressDocument(string Ipnet, string? Gateway);
