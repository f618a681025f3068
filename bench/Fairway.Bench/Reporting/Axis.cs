namespace Fairway.Bench.Reporting;

internal static class Axis
{
    /// <summary>A round distance between the lines of an axis that reaches so far.</summary>
    public static double Step(double most)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return (most / power) switch
        {
            < 1.5 => power / 5,
            < 3.5 => power / 2,
            _ => power,
        };
    }
}
