namespace Fairway.Bench.Measuring;

/// <summary>Something that is measured of every peer.</summary>
/// <param name="Group">The group it belongs to, by name.</param>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">What the figures are in.</param>
/// <param name="At">How many there are of what the group counts, where it is measured at several numbers.</param>
internal sealed record Row(string Group, string Name, Unit Unit, int? At = null)
{
    public override string ToString() => At is { } at ? $"{Name}, {at:#,0}" : Name;
}
