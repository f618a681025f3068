using System.Globalization;

namespace Fairway.Linux.Bpf;

/// <summary>The processors the kernel has room for. Maps with a value per CPU have as many values, processors that are switched off included.</summary>
public static class PossibleCpus
{
    private static readonly Lazy<int> s_count = new(() => Parse(File.ReadAllText("/sys/devices/system/cpu/possible")));

    /// <summary>How many there are, at least 1.</summary>
    public static int Count => s_count.Value;

    /// <summary>Counts a list such as <c>0-3,8</c>.</summary>
    internal static int Parse(string list)
    {
        int count = 0;
        foreach (string range in list.Trim().Split(','))
        {
            int dash = range.IndexOf('-');
            string first = dash < 0 ? range : range[..dash];
            if (!TryParse(first, out int from) || !TryParse(range[(dash + 1)..], out int to) || to < from)
                throw new InvalidDataException($"list of processors '{list.Trim()}' cannot be read");
            count += to - from + 1;
        }
        return count;
    }

    private static bool TryParse(string text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
