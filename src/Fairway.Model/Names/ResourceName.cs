namespace Fairway.Model.Names;

/// <summary>The rule for names of networks, endpoints, namespaces and for aliases: they become DNS names and parts of paths.</summary>
public static class ResourceName
{
    /// <summary>The longest name, in characters: one DNS label (RFC 1035, 2.3.4).</summary>
    public const int MaximumLength = 63;

    private const string Remedy = "use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first";

    /// <summary>Says what is wrong with a name and what to use instead; null when nothing is.</summary>
    /// <param name="name">The name.</param>
    public static string? Check(string? name)
    {
        if (string.IsNullOrEmpty(name)) return $"the name is empty; {Remedy}";
        if (name.Length > MaximumLength) return $"the name '{name[..16]}...' has {name.Length} characters; {Remedy}";
        foreach (var character in name)
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '.' or '-'))
                return $"the name '{Printable(name)}' contains {Quote(character)}; {Remedy}";
        return char.IsAsciiLetterOrDigit(name[0]) ? null : $"the name '{name}' starts with '{name[0]}'; {Remedy}";
    }

    /// <summary>The text with control characters, which could forge lines of a log or a terminal, as <c>\u000A</c>.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? $"\\u{(int)character:X4}" : character.ToString()));

    internal static string Quote(char character) =>
        char.IsControl(character) ? $"the control character U+{(int)character:X4}" : character == ' ' ? "a space" : $"'{character}'";
}
