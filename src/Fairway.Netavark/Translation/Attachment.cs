using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>One network of a container.</summary>
/// <param name="Network">The network.</param>
/// <param name="Options">How the container joins it.</param>
internal sealed record Attachment(NetworkDocument Network, PerNetworkOptions Options);
