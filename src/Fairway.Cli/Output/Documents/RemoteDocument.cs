namespace Fairway.Cli.Output.Documents;

/// <summary>A subnet of an overlay network that is on another host.</summary>
internal sealed record RemoteDocument(string Prefix, string ProviderAddress, string RouterMac, uint VirtualSubnet);
