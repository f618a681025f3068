namespace Fairway.Dataplane.LoadBalancers;

/// <summary>What tells backends apart where they compete for callers.</summary>
internal static class BackendHash
{
    public static ulong Of(Guid backend)
    {
        Span<byte> bytes = stackalloc byte[16];
        backend.TryWriteBytes(bytes);
        return Mix(BitConverter.ToUInt64(bytes) ^ Mix(BitConverter.ToUInt64(bytes[8..])));
    }

    /// <summary>The finalizer of SplitMix64: ids that differ in one bit have nothing in common.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
