namespace Fairway.Netavark.Documents;

/// <summary>Ports to publish. What is 0 or empty means the default: one port, TCP, every address of the host.</summary>
internal sealed record PortMappingDocument
{
    public string? HostIp { get; init; }
    public required ushort ContainerPort { get; init; }
    public ushort HostPort { get; init; }
    public ushort Range { get; init; }
    /// <summary><c>tcp</c>, <c>udp</c>, <c>sctp</c>, or several joined by commas.</summary>
    public string? Protocol { get; init; }
}
