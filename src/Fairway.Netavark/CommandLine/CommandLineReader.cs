using System.Collections.Immutable;

namespace Fairway.Netavark.CommandLine;

/// <summary>
/// Reads netavark's command line. Options stand before or behind the command, as <c>--name value</c>, <c>--name=value</c>, <c>-n value</c> or <c>-nvalue</c>:
/// <code>
/// netavark --config /run/containers/networks --rootless=false --aardvark-binary=/usr/lib/podman/aardvark-dns setup /run/netns/netns-1f2e
/// netavark --config /run/containers/networks --rootless=false --aardvark-binary= update web --network-dns-servers 192.0.2.1,192.0.2.2
/// fairway setup /run/netns/netns-1f2e                                                                    (as a plugin)
/// </code>
/// What only matters to netavark's own means (its firewall, aardvark-dns, other plugins) is read and has nothing to configure here.
/// </summary>
internal static class CommandLineReader
{
    private static readonly Dictionary<string, string> s_long = new()
    {
        ["-f"] = "--file",
        ["-c"] = "--config",
        ["-r"] = "--rootless",
        ["-a"] = "--aardvark-binary",
        ["-p"] = "--plugin-directory",
        ["-h"] = "--help",
        ["-V"] = "--version",
    };

    private static readonly HashSet<string> s_withValue = ["--file", "--config", "--rootless", "--aardvark-binary", "--plugin-directory", "--firewall-driver", "--network-dns-servers"];

    /// <summary>Takes a command line apart.</summary>
    /// <exception cref="UsageException">It is none of netavark's.</exception>
    public static Invocation Read(IReadOnlyList<string> words)
    {
        var invocation = new Invocation { Verb = Verb.Help };
        var operands = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith('-'))
            {
                operands.Add(words[i]);
                continue;
            }
            var (name, value) = Split(words[i]);
            if (name is "--help" or "--version")
                return invocation with { Verb = name == "--help" ? Verb.Help : Verb.ShortVersion };
            if (!s_withValue.Contains(name))
                throw new UsageException($"there is no option '{words[i]}'; see --help");
            value ??= ++i < words.Count ? words[i] : throw new UsageException($"{name} needs a value");
            invocation = With(invocation, name, value);
        }
        return Complete(invocation, operands);
    }

    private static (string Name, string? Value) Split(string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
            return word.IndexOf('=') is > 0 and var at ? (word[..at], word[(at + 1)..]) : (word, null);
        var name = s_long.GetValueOrDefault(word.Length > 2 ? word[..2] : word, word);
        return (name, word.Length > 2 ? word[2..].TrimStart('=') : null);
    }

    private static Invocation With(Invocation invocation, string name, string value) => name switch
    {
        "--file" => invocation with { File = value },
        "--rootless" => invocation with { Rootless = bool.TryParse(value, out var rootless) ? rootless : throw new UsageException($"--rootless is true or false, not '{value}'") },
        "--network-dns-servers" => invocation with { DnsServers = [.. invocation.DnsServers, .. value.Split(',', StringSplitOptions.RemoveEmptyEntries)] },
        _ => invocation,
    };

    private static Invocation Complete(Invocation invocation, List<string> operands) => operands switch
    {
        [] => throw new UsageException("a command is missing: setup, teardown, update, create, version or info"),
        ["setup", { Length: > 0 } path] => invocation with { Verb = Verb.Setup, Operand = path },
        ["teardown", { Length: > 0 } path] => invocation with { Verb = Verb.Teardown, Operand = path },
        ["update", { Length: > 0 } network] => invocation with { Verb = Verb.Update, Operand = network },
        ["create"] => invocation with { Verb = Verb.Create },
        ["version"] => invocation with { Verb = Verb.Version },
        ["info"] => invocation with { Verb = Verb.Info },
        ["help", ..] => invocation,
        ["setup" or "teardown", ..] => throw new UsageException($"{operands[0]} takes the path of one network namespace"),
        ["update", ..] => throw new UsageException("update takes the name of one network"),
        ["create" or "version" or "info", ..] => throw new UsageException($"{operands[0]} takes no argument '{operands[1]}'"),
        _ => throw new UsageException($"there is no command '{operands[0]}': setup, teardown, update, create, version or info"),
    };
}
