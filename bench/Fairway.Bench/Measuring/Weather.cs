namespace Fairway.Bench.Measuring;

/// <summary>Where the machine's CPU time went until now, in ticks.</summary>
/// <param name="Total">All of it, idle included.</param>
/// <param name="Steal">Taken by the hypervisor.</param>
/// <param name="Foreign">Used by programs that are no part of the comparison.</param>
internal sealed record Weather(double Total, double Steal, double Foreign)
{
    public static Weather Now(Kinship kinship)
    {
        double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(double.Parse)];
        // The time of guests is part of that of users already: the first eight columns are all.
        return new Weather(ticks.Sum(), ticks[7], kinship.ForeignTicks());
    }
}
