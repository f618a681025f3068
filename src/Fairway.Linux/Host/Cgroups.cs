namespace Fairway.Linux.Host;

/// <summary>Where the control groups are.</summary>
public static class Cgroups
{
    /// <summary>
    /// Finds the root of the version 2 hierarchy, to which programs for all processes attach. Beside version 1 it may be <c>/sys/fs/cgroup/unified</c>; programs attached there
    /// apply to every process even so.
    /// </summary>
    /// <returns>Its path, or null if it is not mounted.</returns>
    public static string? FindRoot() => FindRoot(File.ReadLines("/proc/self/mountinfo"));

    /// <summary>
    /// mountinfo(5): <c>36 35 98:0 ROOT MOUNTPOINT options optional... - TYPE source superoptions</c>. A mount of a part of the hierarchy has another root than <c>/</c>. The last mount
    /// over a path counts; spaces in paths are written as \040.
    /// </summary>
    internal static string? FindRoot(IEnumerable<string> mounts)
    {
        string? found = null;
        foreach (string line in mounts)
        {
            string[] halves = line.Split(" - ", 2);
            string[] fields = halves[0].Split(' ');
            if (halves.Length == 2 && fields.Length >= 5 && halves[1].StartsWith("cgroup2 ", StringComparison.Ordinal) && fields[3] == "/")
                found ??= fields[4].Replace("\\040", " ", StringComparison.Ordinal);
        }
        return found;
    }
}
