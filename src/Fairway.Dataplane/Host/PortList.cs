using System.Globalization;

namespace Fairway.Dataplane.Host;

/// <summary>A set of ports written as the kernel does: <c>8080,49152-65535</c>.</summary>
internal static class PortList
{
    /// <exception cref="FormatException">The text is no such list.</exception>
    public static SortedSet<int> Parse(string text)
    {
        var ports = new SortedSet<int>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int dash = part.IndexOf('-');
            int first = int.Parse(dash < 0 ? part : part[..dash], NumberStyles.None, CultureInfo.InvariantCulture);
            int last = int.Parse(part[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            for (int port = first; port <= last; port++)
                ports.Add(port);
        }
        return ports;
    }

    public static string Format(SortedSet<int> ports)
    {
        var parts = new List<string>();
        int? first = null;
        int last = 0;
        foreach (int port in ports)
        {
            if (first is null || port != last + 1)
            {
                Add();
                first = port;
            }
            last = port;
        }
        Add();
        return string.Join(',', parts);

        void Add()
        {
            if (first is not null)
                parts.Add(first == last ? $"{first}" : $"{first}-{last}");
        }
    }

    public static IEnumerable<int> Of(PortRange range) => Enumerable.Range(range.First, range.Count);
}
