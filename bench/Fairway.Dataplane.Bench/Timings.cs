using System.Diagnostics;
using System.Text;

namespace Fairway.Dataplane.Bench;

/// <summary>Times by name, in microseconds, in the order the names came up.</summary>
internal sealed class Timings
{
    private readonly OrderedDictionary<string, List<double>> _times = [];

    public void Measure(string what, Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        Add(what, Stopwatch.GetElapsedTime(begin));
    }

    public void Add(string what, TimeSpan time)
    {
        lock (_times)
        {
            if (!_times.TryGetValue(what, out List<double>? list))
                _times[what] = list = [];
            list.Add(time.TotalMicroseconds);
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{"microseconds",-34}{"count",7}{"lowest",11}{"p10",11}{"p50",11}{"p90",11}{"p99",11}\n");
        foreach ((string what, List<double> list) in _times)
        {
            list.Sort();
            text.AppendLine($"{what,-34}{list.Count,7}{list[0],11:0.0}{At(list, 10),11:0.0}{At(list, 50),11:0.0}{At(list, 90),11:0.0}{At(list, 99),11:0.0}");
        }
        return text.ToString();
    }

    private static double At(List<double> sorted, int percent) => sorted[(sorted.Count - 1) * percent / 100];
}
