using System.Globalization;

namespace Fairway.Linux.Host;

/// <summary>Version of a kernel, compared by its numbers.</summary>
/// <param name="Major">First number.</param>
/// <param name="Minor">Second number.</param>
/// <param name="Patch">Third number, 0 if there is none. A distribution's own number may come after it.</param>
public readonly record struct KernelRelease(int Major, int Minor, int Patch = 0) : IComparable<KernelRelease>
{
    /// <summary>The running kernel.</summary>
    public static KernelRelease Current { get; } = Parse(ReadCurrentName());

    /// <summary>The running kernel's whole name, as <c>uname -r</c> prints it.</summary>
    public static string CurrentName => ReadCurrentName();

    /// <summary>Reads a release.</summary>
    /// <param name="text"><c>6.1.0-13-cloud-amd64</c>, <c>5.14.0-427.el9.x86_64</c>, <c>6.18</c>.</param>
    /// <returns>The numbers at its beginning.</returns>
    /// <exception cref="FormatException">It does not begin with two numbers.</exception>
    public static KernelRelease Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split('.', 3);
        return parts.Length >= 2 && Leading(parts[0]) is { } major && Leading(parts[1]) is { } minor
            ? new KernelRelease(major, minor, parts.Length == 3 ? Leading(parts[2]) ?? 0 : 0)
            : throw new FormatException($"'{text}' is not the release of a kernel");
    }

    /// <inheritdoc/>
    public int CompareTo(KernelRelease other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Older.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(KernelRelease left, KernelRelease right) => left.CompareTo(right) < 0;

    /// <summary>Newer.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(KernelRelease left, KernelRelease right) => left.CompareTo(right) > 0;

    /// <summary>Older or the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(KernelRelease left, KernelRelease right) => left.CompareTo(right) <= 0;

    /// <summary>Newer or the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(KernelRelease left, KernelRelease right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    private static string ReadCurrentName() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    private static int? Leading(string text)
    {
        int length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
            length++;
        return int.TryParse(text.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
