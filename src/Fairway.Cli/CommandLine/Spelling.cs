namespace Fairway.Cli.CommandLine;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class Spelling
{
    /// <summary>The known word that takes the fewest changed, added or swapped letters; null when none is near.</summary>
    public static string? Closest(string typed, IEnumerable<string> known)
    {
        var limit = Math.Max(1, typed.TrimStart('-').Length / 3);
        return known.Select(word => (Word: word, Distance: Distance(typed, word)))
            .Where(candidate => candidate.Distance <= limit || (typed.Length >= 3 && candidate.Word.StartsWith(typed, StringComparison.Ordinal)))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    /// <summary>Optimal string alignment distance.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(substitution, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
