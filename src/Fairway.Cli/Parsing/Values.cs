using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Cli.Parsing;

/// <summary>Options and arguments whose words mean something, with a sentence for words that do not.</summary>
internal static class Values
{
    private const string PublicationSyntax = "[HOSTIP:]HOST[-END]:PORT[-END][/udp]";

    private delegate bool Reader<T>(string text, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? error);

    public static Option<IPAddress[]> Addresses(string name, string description) =>
        new(name) { Description = description, HelpName = "ADDRESS", CustomParser = result => Each<IPAddress>(result, AddressText.TryParse) };

    public static Option<IPNetwork[]> Prefixes(string name, string description) =>
        new(name) { Description = description, HelpName = "CIDR", CustomParser = result => Each<IPNetwork>(result, PrefixText.TryParse) };

    public static Argument<IPNetwork[]> PrefixArguments(string name, string description, ArgumentArity arity) =>
        new(name) { Description = description, HelpName = "CIDR", Arity = arity, CustomParser = result => Each<IPNetwork>(result, PrefixText.TryParse) };

    public static Option<PortPublication[]> Publications(string name, string description) =>
        new(name) { Description = description, HelpName = PublicationSyntax, CustomParser = result => Each<PortPublication>(result, PublicationText.TryParse) };

    public static Option<SwitchRoute[]> Routes(string name, string description) =>
        new(name) { Description = description, HelpName = RouteText.Syntax, CustomParser = result => Each<SwitchRoute>(result, RouteText.TryParse) };

    public static Argument<PortPublication[]> PublicationArguments(string description) =>
        new("PORT")
        {
            Description = description,
            HelpName = PublicationSyntax,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => Each<PortPublication>(result, PublicationText.TryParse),
        };

    public static Argument<PortPublication[]> HostSideArguments(string description) =>
        new("PORT")
        {
            Description = description,
            HelpName = HostPortText.Syntax,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => Each<PortPublication>(result, HostPortText.TryParse),
        };

    public static Option<MacAddress?> Mac(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "MAC",
            CustomParser = result => MacAddress.TryParse(result.Tokens[0].Value, out var mac)
                ? mac
                : result.Refuse<MacAddress?>($"'{result.Tokens[0].Value}' is not a MAC address; write six octets like 02:15:5d:01:02:03"),
        };

    /// <summary>A path for the daemon, which has another working directory and another /proc/self.</summary>
    public static Option<string?> NetnsPath(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "PATH",
            CustomParser = result => Path.GetFullPath(result.Tokens[0].Value) is var path
                && (path.StartsWith("/proc/self/", StringComparison.Ordinal) || path.StartsWith("/proc/thread-self/", StringComparison.Ordinal))
                ? result.Refuse<string?>($"'{path}' would be this command's own namespace; name the process, e.g. /proc/$$/ns/net")
                : path,
        };

    private static T[] Each<T>(ArgumentResult result, Reader<T> read)
    {
        var values = new List<T>();
        foreach (var token in result.Tokens)
        {
            if (!read(token.Value, out var value, out var error))
                return result.Refuse<T[]>(error);
            values.Add(value);
        }
        return [.. values];
    }
}
