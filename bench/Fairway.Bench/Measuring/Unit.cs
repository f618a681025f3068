namespace Fairway.Bench.Measuring;

/// <summary>What a row's figures are in.</summary>
/// <param name="Text">As it stands behind a figure.</param>
/// <param name="MoreIsBetter">Whether a higher figure is the better one.</param>
internal sealed record Unit(string Text, bool MoreIsBetter)
{
    public static readonly Unit PerSecond = new("/s", true);
    public static readonly Unit Gigabits = new("Gbit/s", true);
    public static readonly Unit Microseconds = new("µs", false);
    public static readonly Unit Milliseconds = new("ms", false);
    public static readonly Unit Kibibytes = new("KiB", false);
    public static readonly Unit Mebibytes = new("MiB", false);
    public static readonly Unit Percent = new("% of a CPU", false);

    /// <summary>A figure with three digits that say something.</summary>
    public static string Write(double value) => Math.Abs(value) switch
    {
        >= 100 => $"{value:#,0}",
        >= 10 => $"{value:0.0}",
        0 => "0",
        >= 0.01 => $"{value:0.00}",
        _ => $"{value:0.000}",
    };
}
