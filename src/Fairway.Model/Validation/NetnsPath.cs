namespace Fairway.Model.Validation;

/// <summary>The rule for paths that open a namespace.</summary>
internal static class NetnsPath
{
    // PATH_MAX (linux/limits.h) counts the terminating zero.
    private const int MaximumLength = 4095;

    /// <summary>Says what is wrong with a path and what to use instead; null when nothing is.</summary>
    public static string? Check(string? path)
    {
        if (string.IsNullOrEmpty(path)) return "the namespace path is empty; use an absolute path, for example /proc/1234/ns/net";
        if (path.Length > MaximumLength) return $"the namespace path has {path.Length} characters; use at most {MaximumLength}";
        if (path.Any(char.IsControl)) return "the namespace path contains control characters; use an absolute path, for example /proc/1234/ns/net";
        return path[0] == '/' ? null : $"the namespace path '{path}' is not absolute; use one that starts with '/', for example /proc/1234/ns/net";
    }
}
