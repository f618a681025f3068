namespace Fairway.Dataplane.Policies;

/// <summary>
/// Consecutive services. A service is a protocol in bits 16 to 23 and below it the port that is called (the endpoint's own for In, the
/// remote one for Out), or ICMP type and code.
/// </summary>
internal readonly record struct ServiceInterval(uint First, uint Last)
{
    public const uint End = 1 << 24;

    public static ServiceInterval All { get; } = new(0, End - 1);

    public static ServiceInterval Of(byte protocol, ushort first, ushort last) => new((uint)protocol << 16 | first, (uint)protocol << 16 | last);
}
