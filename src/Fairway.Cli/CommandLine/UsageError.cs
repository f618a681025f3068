using System.CommandLine;
using System.CommandLine.Parsing;

namespace Fairway.Cli.CommandLine;

/// <summary>Says in one sentence what is wrong with a command line.</summary>
internal static class UsageError
{
    public static string Describe(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        return $"{Sentence(parse, command)}; see '{NameOf(parse.CommandResult)} --help'";
    }

    /// <summary>The command as it was called: <c>fairway network create</c>.</summary>
    public static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : FairwayCommand.Name;

    private static string Sentence(ParseResult parse, Command command)
    {
        if (parse.UnmatchedTokens is [var token, ..])
            return Unknown(token, command);
        // Sentences of our own come first: they know more than the parser's.
        var error = parse.Errors.FirstOrDefault(e => e.SymbolResult is ArgumentResult or OptionResult) ?? parse.Errors[0];
        return error.SymbolResult switch
        {
            CommandResult => $"'{NameOf(parse.CommandResult)}' needs a command: {string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))}",
            ArgumentResult argument when argument.Tokens.Count == 0 => $"'{NameOf(parse.CommandResult)}' needs {Article(argument.Argument)}",
            OptionResult { Option: var option } when option.Required && parse.GetResult(option) is not { IdentifierToken: not null } =>
                $"'{NameOf(parse.CommandResult)}' needs {option.Name} {option.HelpName}",
            OptionResult { Tokens.Count: 0 } result => $"{result.Option.Name} needs a value: {result.Option.Name} {result.Option.HelpName}",
            OptionResult { Tokens.Count: > 1 } result when result.Option.Arity.MaximumNumberOfValues == 1 => $"{result.Option.Name} may be given once only",
            _ => error.Message.TrimEnd('.'),
        };
    }

    private static string Article(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? $"at least one {argument.Name}" : $"a {argument.Name}";

    private static string Unknown(string token, Command command)
    {
        if (token.StartsWith('-'))
        {
            var options = Options(command).Where(o => !o.Hidden).SelectMany(o => o.Aliases.Prepend(o.Name));
            return $"'{command.Name}' has no option '{token}'" + Suggest(token.Split('=')[0], options);
        }
        return command.Subcommands.Count > 0
            ? $"there is no command '{token}'" + Suggest(token, command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))
            : $"'{command.Name}' takes no further argument '{token}'";
    }

    private static IEnumerable<Option> Options(Command command) =>
        command.Parents.OfType<Command>().SelectMany(Options).Where(o => o.Recursive).Concat(command.Options);

    private static string Suggest(string typed, IEnumerable<string> known) =>
        Spelling.Closest(typed, known) is { } closest ? $" (did you mean '{closest}'?)" : "";
}
