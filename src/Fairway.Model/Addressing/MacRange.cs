using System.Text.Json.Serialization;

namespace Fairway.Model.Addressing;

/// <summary>Consecutive MACs.</summary>
/// <param name="First">The first one.</param>
/// <param name="Last">The last one, not below the first.</param>
public readonly record struct MacRange(MacAddress First, MacAddress Last)
{
    /// <summary>How many there are.</summary>
    [JsonIgnore]
    public ulong Count => Last.Value - First.Value + 1;

    /// <summary>The MAC at a distance from the first.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index lies behind the range.</exception>
    public MacAddress Nth(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return new MacAddress(First.Value + index);
    }
}
