namespace Fairway.Cli.Output.Documents;

/// <summary>What a packet travels to another host in.</summary>
internal sealed record ExplainEncapsulationDocument(uint VirtualSubnet, string ProviderAddress, string? LocalAddress, int UdpPort, string MacAddress);
