using System.Diagnostics;
using Fairway.Bench.Hosts;

namespace Fairway.Bench.Engines;

/// <summary><c>docker</c>: what a network adds to a whole <c>docker run --rm</c>, on Fairway and on Docker's own bridge, turn by turn.</summary>
internal static class DockerBench
{
    // A hundred ports take Docker seconds: a few rounds say enough.
    private const int Rare = 5;

    public static int Run(int rounds)
    {
        if (!DockerHost.IsInstalled)
        {
            Console.Error.WriteLine("docker.io and busybox-static must be installed");
            return 1;
        }
        DockerOnFairway.CleanUp();
        using var fairway = new FairwayHost(DockerOnFairway.DaemonOptions);
        using var docker = new DockerOnFairway();
        string on = $"--network {DockerOnFairway.Network}";
        (string Name, string Options, bool IsRare)[] cases =
        [
            ("no network", "--network none", false),
            ("bridge", "", false),
            ("fairway", on, false),
            ("bridge, a port", "-p 18080:80", false),
            ("fairway, a port", $"{on} -p 18080:80", false),
            ("bridge, 100 ports", "-p 18100-18199:100-199", true),
            ("fairway, 100 ports", $"{on} -p 18100-18199:100-199", true),
        ];
        var times = cases.ToDictionary(item => item.Name, _ => new List<double>());
        for (int round = -1; round < rounds; round++)
        {
            foreach (var (name, options, isRare) in cases.Where(item => !item.IsRare || round is >= 0 and < Rare))
            {
                long start = Stopwatch.GetTimestamp();
                DockerOnFairway.Run(options);
                // The first round fills caches.
                if (round >= 0)
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        double none = Median(times["no network"]);
        foreach (var (name, values) in times)
            Console.WriteLine($"docker run --rm, {name,-18} p50 {Median(values),8:0.0} ms   over no network {Median(values) - none,8:0.0} ms   least {values.Min(),8:0.0} ms");
        foreach (string suffix in (string[])["", ", a port", ", 100 ports"])
        {
            (double ours, double theirs) = (Median(times["fairway" + suffix]), Median(times["bridge" + suffix]));
            Console.WriteLine($"fairway{suffix}: {(ours - none) / (theirs - none):0.00} of what bridge adds, {ours / theirs:0.00} of the whole command");
        }
        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
