namespace Fairway.Netavark.Documents;

/// <summary>Where new subnets come from.</summary>
/// <param name="Base">A prefix.</param>
/// <param name="Size">Length of the subnets' prefixes in bits.</param>
internal sealed record SubnetPoolDocument(string Base, int Size);
