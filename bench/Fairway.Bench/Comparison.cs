using System.Diagnostics;
using Fairway.Bench.Groups;
using Fairway.Bench.Measuring;
using Fairway.Bench.Reporting;
using Fairway.Bench.Running;

namespace Fairway.Bench;

/// <summary>One run: measure, take everything away, write the document.</summary>
internal static class Comparison
{
    public static void Run(Options options, CancellationToken stop)
    {
        using var work = new Work();
        Leftovers.End();
        Kinship.Mark();
        long start = Stopwatch.GetTimestamp();
        Results results = Measure(options, start, stop);
        var report = new Report(options.Scale, options.Groups, results, Stopwatch.GetElapsedTime(start));
        report.Write(options.Directory);
        Console.WriteLine(report.Text());
        Console.WriteLine($"written: {options.Directory}/benchmarks.md");
    }

    private static Results Measure(Options options, long start, CancellationToken stop)
    {
        try
        {
            using var stage = new Stage(options.Scale, stop);
            foreach (IGroup group in options.Groups)
            {
                Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(start):mm\\:ss} {group.Name}: {group.Title}");
                group.Run(stage);
            }
            return stage.Results;
        }
        finally
        {
            Leftovers.End();
        }
    }
}
