namespace Fairway.Switch.Bench;

/// <summary>Times of single runs, in nanoseconds. The kernel's come in steps of 100, so the middle is a mean and no single run.</summary>
/// <param name="Lowest">The shortest run.</param>
/// <param name="Middle">Mean of those between the first and the last tenth.</param>
/// <param name="High">Nine of ten runs are no longer.</param>
internal sealed record Cost(double Lowest, double Middle, double High)
{
    public static Cost Of(double[] times)
    {
        Array.Sort(times);
        int tenth = times.Length / 10;
        return new Cost(times[0], times[tenth..(times.Length - tenth)].Average(), times[times.Length - tenth - 1]);
    }

    public override string ToString() => $"{Lowest,9:0}{Middle,9:0}{High,9:0}";
}
