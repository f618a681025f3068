using Fairway.Bench.Groups;

namespace Fairway.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Scale">How much.</param>
/// <param name="Groups">Of what.</param>
/// <param name="Directory">Where the document goes.</param>
internal sealed record Options(Scale Scale, IReadOnlyList<IGroup> Groups, string Directory)
{
    public static string Usage => $"""
        usage: bench/compare [--quick] [--rows NAME...] [--out DIRECTORY]
          --quick   5 minutes instead of 45, without the large numbers
          --rows    only these: {string.Join(' ', GroupCatalog.All.Select(group => group.Name))}
          --out     where benchmarks.md and its charts go; docs, or artifacts with --rows
        """;

    /// <exception cref="ArgumentException">It makes no sense.</exception>
    public static Options Parse(IReadOnlyList<string> arguments, string root)
    {
        (Scale scale, string? directory, List<string> rows) = (Scale.Full, null, []);
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    scale = Scale.Quick;
                    break;
                case "--out" when i + 1 < arguments.Count:
                    directory = arguments[++i];
                    break;
                case "--rows":
                    while (i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-'))
                        rows.Add(arguments[++i]);
                    break;
                default:
                    throw new ArgumentException($"'{arguments[i]}' is no option, or lacks its value");
            }
        }
        return new Options(scale, Select(rows), Path.GetFullPath(directory ?? Path.Combine(root, rows.Count == 0 ? "docs" : "artifacts")));
    }

    private static IReadOnlyList<IGroup> Select(List<string> rows)
    {
        string[] unknown = [.. rows.Where(row => GroupCatalog.All.All(group => group.Name != row))];
        return unknown.Length > 0
            ? throw new ArgumentException($"there are no rows '{string.Join("', '", unknown)}'")
            : [.. GroupCatalog.All.Where(group => rows.Count == 0 || rows.Contains(group.Name))];
    }
}
