using System.Text.RegularExpressions;

namespace Fairway.Api.Tests.Metrics;

/// <summary>Checks the Prometheus text format: each metric has help and type before its samples, once, and no series comes twice.</summary>
internal static partial class ExpositionFormat
{
    public static IEnumerable<string> Faults(string text)
    {
        var types = new Dictionary<string, string>();
        var series = new HashSet<string>();
        var helped = "";
        if (!text.EndsWith('\n')) yield return "the last line does not end";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Help().Match(line) is { Success: true } help) helped = help.Groups[1].Value;
            else if (Type().Match(line) is { Success: true } type)
            {
                if (type.Groups[1].Value != helped || !types.TryAdd(helped, type.Groups[2].Value)) yield return line;
            }
            else if (!Sample().IsMatch(line) || !series.Add(line[..line.LastIndexOf(' ')]) || !Belongs(line, helped, types.GetValueOrDefault(helped))) yield return line;
        }
    }

    private static bool Belongs(string line, string metric, string? type)
    {
        var name = line[..line.IndexOfAny(['{', ' '])];
        return type == "histogram" ? name == $"{metric}_bucket" || name == $"{metric}_sum" || name == $"{metric}_count"
            : name == metric && (type != "counter" || name.EndsWith("_total", StringComparison.Ordinal));
    }

    [GeneratedRegex("^# HELP ([a-z_]+) [A-Z].*\\.$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE ([a-z_]+) (gauge|counter|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex("""^[a-z_]+(\{[a-z]+="([^"\\\n]|\\["\\n])*"(,[a-z]+="([^"\\\n]|\\["\\n])*")*\})? [0-9.E+-]+$""")]
    private static partial Regex Sample();
}
