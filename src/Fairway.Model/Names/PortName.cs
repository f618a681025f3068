namespace Fairway.Model.Names;

/// <summary>The rule for names of ports, which become alternative names of links: longer than names of interfaces, and no such name besides.</summary>
public static class PortName
{
    /// <summary>The longest name, in bytes: ALTIFNAMSIZ less the terminating zero (linux/if_link.h).</summary>
    public const int MaximumLength = 127;

    private const string Remedy = "use 1 to 127 printable ASCII characters without '/', ':', '%' and spaces";

    /// <summary>Says what is wrong with a name and what to use instead; null when nothing is.</summary>
    /// <param name="name">The name.</param>
    public static string? Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0) return $"the port name is empty; {Remedy}";
        foreach (var character in name)
            if (character is '/' or ':' or '%' or <= ' ' or > '~') return $"the port name '{ResourceName.Printable(name)}' contains {ResourceName.Quote(character)}; {Remedy}";
        if (name.Length > MaximumLength) return $"the port name has {name.Length} characters; {Remedy}";
        if (name is "." or "..") return $"the port name '{name}' is a directory; {Remedy}";
        // Links are known again by such names: INSTANCE-KIND-ID, the id as 32 digits.
        return name.LastIndexOf('-') is var last and > 0 && Guid.TryParseExact(name.AsSpan(last + 1), "N", out _)
            ? $"the port name '{name}' reads as a mark of Fairway's own; choose one that does not end in an id"
            : null;
    }
}
