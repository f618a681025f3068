namespace Fairway.Dns.Wire;

/// <summary>Why there is no better answer, for people who look (RFC 8914).</summary>
/// <param name="Code">Of the registry.</param>
/// <param name="Text">One sentence.</param>
internal sealed record ExtendedError(ushort Code, string Text)
{
    public const ushort Other = 0;
    public const ushort Blocked = 15;
    public const ushort NoReachableAuthority = 22;
}
