namespace Fairway.Netavark.Documents;

/// <summary>The options with the network they are for.</summary>
internal sealed record NamedNetworkOptions(string Name, PerNetworkOptions Options);
