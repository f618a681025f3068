namespace Fairway.Linux.Routing;

/// <summary>What a VXLAN link says about itself.</summary>
/// <param name="CollectMetadata">Whether tunnel keys come with each packet.</param>
/// <param name="NetworkId">VXLAN network identifier; 0 with collected metadata.</param>
/// <param name="Port">UDP port.</param>
public sealed record VxlanLink(bool CollectMetadata, uint NetworkId, ushort Port);
