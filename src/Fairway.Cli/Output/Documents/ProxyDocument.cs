namespace Fairway.Cli.Output.Documents;

/// <summary>A proxy elsewhere: port null for the one that is called, lists empty where they do not narrow what it gets.</summary>
internal sealed record ProxyDocument(string Address, int? Port, IReadOnlyList<string> RemoteAddresses, IReadOnlyList<string> RemotePorts, IReadOnlyList<string> Exceptions);
