namespace Fairway.Netavark.Documents;

/// <summary>How Podman is configured to make networks.</summary>
internal sealed record CreationOptions
{
    public IReadOnlyList<SubnetPoolDocument>? SubnetPools { get; init; }
    public string? DefaultInterfaceName { get; init; }
    /// <summary>False for Podman's default network, whose subnet may be on the host already: its own.</summary>
    public bool CheckUsedSubnets { get; init; }
}
