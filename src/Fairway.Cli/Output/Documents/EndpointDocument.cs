namespace Fairway.Cli.Output.Documents;

/// <summary>An endpoint, as <c>--output json</c> shows it.</summary>
internal sealed record EndpointDocument
{
    public required Guid Id { get; init; }
    public required string? Name { get; init; }
    public required string Network { get; init; }
    public required Guid NetworkId { get; init; }
    /// <summary>Name of its namespace, the path of one without a name, or null while detached.</summary>
    public required string? Namespace { get; init; }
    public required Guid? NamespaceId { get; init; }
    public required string Interface { get; init; }
    /// <summary>When it is the NIC of a virtual machine; null when it is an interface in a namespace.</summary>
    public VirtualNicDocument? VirtualNic { get; init; }
    /// <summary>With prefix lengths: <c>10.1.0.2/24</c>.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }
    public required string MacAddress { get; init; }
    /// <summary>MTU of its own, or null for its network's.</summary>
    public int? Mtu { get; init; }
    /// <summary>A further name of the host's side of its link, or null.</summary>
    public string? PortName { get; init; }
    public required string State { get; init; }
    /// <summary>Why it is degraded, or null.</summary>
    public required string? Message { get; init; }
    public required IReadOnlyList<string> Aliases { get; init; }
    public required IReadOnlyList<PublicationDocument> Publications { get; init; }
    /// <summary>How its packets are translated, where that is not as its network has it.</summary>
    public required IReadOnlyList<TranslationDocument> Translation { get; init; }
    /// <summary>Next hops of what leaves its network.</summary>
    public required IReadOnlyList<SwitchRouteDocument> Routes { get; init; }
    /// <summary>Whether it exchanges nothing with other endpoints of its network.</summary>
    public required bool Apart { get; init; }
    /// <summary>How fast it may be, or null for no limit.</summary>
    public BandwidthDocument? Bandwidth { get; init; }
    /// <summary>The proxy beside its processes, or null.</summary>
    public SidecarDocument? Sidecar { get; init; }
    /// <summary>A proxy elsewhere that gets what its processes call, or null.</summary>
    public ProxyDocument? Proxy { get; init; }
    /// <summary>What passed since it was attached; <c>endpoint show</c> alone tells, and of attached endpoints only.</summary>
    public TrafficDocument? Traffic { get; init; }
    /// <summary>The engine and workload behind it, or null.</summary>
    public required OwnerDocument? Owner { get; init; }
    public required long Revision { get; init; }
}
