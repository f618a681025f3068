namespace Fairway.Cli.Output;

/// <summary>How values are written for people.</summary>
internal static class Text
{
    /// <summary>The beginning of an id: enough to tell resources apart, and accepted wherever an id is.</summary>
    public static string ShortId(Guid id) => id.ToString("N")[..8];

    /// <summary>Items with commas between.</summary>
    public static string List(IEnumerable<string> items) => string.Join(", ", items);

    /// <summary><c>1 port</c>, <c>2 ports</c>.</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
