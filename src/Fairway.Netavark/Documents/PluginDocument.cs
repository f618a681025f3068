namespace Fairway.Netavark.Documents;

/// <summary>What netavark sends to a plugin's <c>setup</c> and <c>teardown</c>: one network (netavark plugin-API.md).</summary>
internal sealed record PluginDocument
{
    public required string ContainerId { get; init; }
    public required string ContainerName { get; init; }
    public IReadOnlyList<PortMappingDocument>? PortMappings { get; init; }
    public required NetworkDocument Network { get; init; }
    public required PerNetworkOptions NetworkOptions { get; init; }
}
