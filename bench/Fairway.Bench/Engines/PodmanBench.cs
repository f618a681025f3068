using System.Diagnostics;
using Fairway.Bench.Hosts;

namespace Fairway.Bench.Engines;

/// <summary><c>podman</c>: what a network adds to a whole <c>podman run --rm</c>, on Fairway and on Podman's own netavark, in turn.</summary>
internal static class PodmanBench
{
    public static int Run(int rounds)
    {
        if (!PodmanHost.IsInstalled)
        {
            Console.Error.WriteLine("podman, netavark and busybox-static must be installed, and fairway-netavark published (scripts/publish.sh)");
            return 1;
        }
        using var fairway = new FairwayHost();
        using var podman = new PodmanHost(fairway);
        (string Name, Action Run)[] cases =
        [
            ("no network", () => PodmanHost.RunOnNetavark("--network none")),
            ("netavark", () => PodmanHost.RunOnNetavark("")),
            ("fairway", () => PodmanHost.RunOnFairway("")),
            ("netavark, a port", () => PodmanHost.RunOnNetavark("-p 18080:80")),
            ("fairway, a port", () => PodmanHost.RunOnFairway("-p 18080:80")),
        ];
        var times = cases.ToDictionary(item => item.Name, _ => new List<double>());
        for (int round = -1; round < rounds; round++)
        {
            foreach (var (name, run) in cases)
            {
                long start = Stopwatch.GetTimestamp();
                run();
                // The first round fills caches.
                if (round >= 0)
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        Print(times);
        return 0;
    }

    private static void Print(Dictionary<string, List<double>> times)
    {
        double none = Median(times["no network"]);
        foreach (var (name, values) in times)
            Console.WriteLine($"podman run --rm, {name,-18} p50 {Median(values),7:0.0} ms   over no network {Median(values) - none,7:0.0} ms   least {values.Min(),7:0.0} ms");
        Console.WriteLine($"fairway costs {Share("fairway", "netavark"):0.00} of what netavark costs, with a port {Share("fairway, a port", "netavark, a port"):0.00}");

        double Share(string ours, string theirs) => (Median(times[ours]) - none) / (Median(times[theirs]) - none);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
