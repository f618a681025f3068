namespace Fairway.Model.Policies;

/// <summary>Consecutive ports.</summary>
/// <param name="First">The first, 0 to 65535.</param>
/// <param name="Last">The last, not below the first.</param>
public readonly record struct PortInterval(ushort First, ushort Last)
{
    /// <summary>True when the port is one of them.</summary>
    public bool Contains(ushort port) => port >= First && port <= Last;

    /// <inheritdoc/>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}
