namespace Fairway.Cli.Output.Documents;

/// <summary>The proxy beside an endpoint's processes: ports null where it gets nothing, lists empty where they do not narrow what it gets.</summary>
internal sealed record SidecarDocument(int? OutboundPort, int? InboundPort, uint? User, IReadOnlyList<string> RemoteAddresses, IReadOnlyList<string> LocalPorts, IReadOnlyList<string> RemotePorts,
    IReadOnlyList<string> InboundExceptions, IReadOnlyList<string> OutboundExceptions);
