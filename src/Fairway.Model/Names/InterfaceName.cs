namespace Fairway.Model.Names;

/// <summary>The rule for names of network interfaces: the kernel's (net/core/dev.c, dev_valid_name), less names it reads specially.</summary>
public static class InterfaceName
{
    /// <summary>The longest name, in bytes: IFNAMSIZ less the terminating zero (linux/if.h).</summary>
    public const int MaximumLength = 15;

    private const string Remedy = "use 1 to 15 printable ASCII characters without '/', ':', '%' and spaces";

    /// <summary>Says what is wrong with a name and what to use instead; null when nothing is.</summary>
    /// <param name="name">The name.</param>
    public static string? Check(string? name)
    {
        if (string.IsNullOrEmpty(name)) return $"the interface name is empty; {Remedy}";
        foreach (var character in name)
            // '%' makes the kernel choose a number: eth%d becomes eth0.
            if (character is '/' or ':' or '%' or <= ' ' or > '~')
                return $"the interface name '{ResourceName.Printable(name)}' contains {ResourceName.Quote(character)}; {Remedy}";
        if (name.Length > MaximumLength) return $"the interface name '{name}' has {name.Length} characters; {Remedy}";
        return name switch
        {
            "." or ".." => $"the interface name '{name}' is a directory; {Remedy}",
            "lo" => "the interface name 'lo' is the loopback interface's; use another one, for example eth0",
            // Both are directories of /proc/sys/net/ipv4/conf already.
            "all" or "default" => $"the interface name '{name}' is reserved by the kernel's settings; use another one, for example eth0",
            _ => null,
        };
    }
}
