namespace Fairway.Architecture.Tests;

/// <summary>One line of the debt register, `path|lines|reason`: a file allowed over its limit, and up to where.</summary>
internal sealed record Debt(string Path, int Lines, string Reason)
{
    public const string File = "tests/Fairway.Architecture.Tests/debt.txt";

    public static IReadOnlyDictionary<string, Debt> Read() =>
        System.IO.File.ReadLines(Repository.PathOf(File))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(Parse)
            .ToDictionary(entry => entry.Path);

    private static Debt Parse(string line)
    {
        var fields = line.Split('|', 3);
        return fields is [var path, var lines, { Length: > 0 } reason]
            ? new Debt(path, int.Parse(lines), reason)
            : throw new FormatException($"read '{line}' in '{File}': expected path|lines|reason");
    }
}
