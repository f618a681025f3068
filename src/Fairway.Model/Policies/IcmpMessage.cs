namespace Fairway.Model.Policies;

/// <summary>A kind of ICMP message.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Code">Its code; null for all codes of the type.</param>
public readonly record struct IcmpMessage(byte Type, byte? Code = null)
{
    /// <inheritdoc/>
    public override string ToString() => Code is null ? $"{Type}" : $"{Type}/{Code}";
}
