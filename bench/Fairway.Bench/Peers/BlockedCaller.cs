namespace Fairway.Bench.Peers;

/// <summary>What a rule is about: an address and a port that nobody has.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port.</param>
internal readonly record struct BlockedCaller(string Address, int Port)
{
    /// <summary>As many as wanted, each another address.</summary>
    public static IEnumerable<BlockedCaller> Some(int count) => Enumerable.Range(0, count).Select(i => new BlockedCaller($"172.{16 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}", 1000 + (i % 6000)));
}
