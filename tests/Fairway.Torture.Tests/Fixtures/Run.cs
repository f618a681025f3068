using System.Globalization;

namespace Fairway.Torture.Tests.Fixtures;

/// <summary>How long and with which chance. Both can be given by whoever runs the suite.</summary>
internal static class Run
{
    /// <summary>FAIRWAY_TORTURE_SEED, or a new one; every message tells it.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("FAIRWAY_TORTURE_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : Random.Shared.Next();

    /// <summary>FAIRWAY_TORTURE_MINUTES: what a run of the whole suite may take, about; 8 unless told.</summary>
    public static double Minutes { get; } = double.TryParse(Environment.GetEnvironmentVariable("FAIRWAY_TORTURE_MINUTES"), CultureInfo.InvariantCulture, out double minutes) ? minutes : 8;

    /// <summary>A share of the run for what can be done for any length of time.</summary>
    public static TimeSpan Share(double secondsByDefault) => TimeSpan.FromSeconds(secondsByDefault * Minutes / 8);

    /// <summary>Chance for one test, the same for the same seed.</summary>
    public static Random Chance(string test) => new(Seed ^ test.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));

    /// <summary>Tells what was measured: to the log of the run.</summary>
    public static void Tell(string sentence)
    {
        Console.WriteLine($"torture: {sentence} (seed {Seed})");
        TestContext.Current.SendDiagnosticMessage(sentence);
    }
}
