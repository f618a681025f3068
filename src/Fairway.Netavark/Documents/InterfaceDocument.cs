namespace Fairway.Netavark.Documents;

/// <summary>An interface in the container.</summary>
internal sealed record InterfaceDocument(string MacAddress, IReadOnlyList<AddressDocument> Subnets);
