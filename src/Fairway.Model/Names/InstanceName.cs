namespace Fairway.Model.Names;

/// <summary>
/// The rule for names of instances, which become parts of paths, of namespace names and of the marks on links. There is no hyphen in them, so
/// that no mark of one instance can be read as a mark of another.
/// </summary>
public static class InstanceName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaximumLength = 32;

    /// <summary>The instance of a daemon that was told nothing else.</summary>
    public const string Default = "fairway";

    private const string Remedy = "use 1 to 32 lower-case letters and digits";

    /// <summary>Says what is wrong with a name and what to use instead; null when nothing is.</summary>
    /// <param name="name">The name.</param>
    public static string? Check(string? name)
    {
        if (string.IsNullOrEmpty(name)) return $"the instance name is empty; {Remedy}";
        if (name.Length > MaximumLength) return $"the instance name '{ResourceName.Printable(name[..16])}...' has {name.Length} characters; {Remedy}";
        foreach (var character in name)
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character))
                return $"the instance name '{ResourceName.Printable(name)}' contains {ResourceName.Quote(character)}; {Remedy}";
        return null;
    }
}
