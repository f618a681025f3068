namespace Fairway.Dataplane;

/// <summary>Consecutive port numbers.</summary>
/// <param name="First">The first, at least 1.</param>
/// <param name="Last">The last, not below the first.</param>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>How many.</summary>
    public int Count => Last - First + 1;

    /// <inheritdoc/>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}
