namespace Fairway.Netavark.Documents;

/// <summary>What Podman 6 sends to <c>create</c>: the network as far as the user described it, and what is taken (netavark src/network/types.rs, NetworkCreateConfig).</summary>
internal sealed record CreationDocument
{
    public required NetworkDocument Network { get; init; }
    public required UsedDocument Used { get; init; }
    public required CreationOptions Options { get; init; }
}
