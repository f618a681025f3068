using System.CommandLine;
using System.CommandLine.Parsing;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Completion;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway completion</c>, and the hidden <c>fairway complete</c> that its scripts ask.</summary>
internal static class CompletionCommand
{
    public static CliCommand Create()
    {
        var shell = ShellArgument();
        return new CliCommand("completion", "Prints a script that completes commands, options and names in a shell")
        {
            Examples = """
                source <(fairway completion bash)
                fairway completion zsh > /usr/local/share/zsh/site-functions/_fairway
                fairway completion fish > ~/.config/fish/completions/fairway.fish
                """,
        }
        .With(shell)
        .Does(session => session.Terminal.Out.WriteAsync(CompletionScripts.Of(session.Get(shell))));
    }

    public static CliCommand CreateComplete()
    {
        var shell = ShellArgument();
        var line = new Argument<string>("LINE") { Description = "The command line up to the cursor" };
        return new CliCommand("complete", "Answers a shell's question for completions") { Hidden = true }
            .With(shell, line)
            .Does(session => Complete(session, session.Get(shell), session.Get(line)));
    }

    private static Argument<string> ShellArgument()
    {
        var shell = new Argument<string>("SHELL")
        {
            Description = "bash, zsh or fish",
            HelpName = "bash|zsh|fish",
            CustomParser = result => CompletionScripts.Shells.Contains(result.Tokens[0].Value)
                ? result.Tokens[0].Value
                : result.Refuse<string>($"'{result.Tokens[0].Value}' is no shell known here; write {string.Join(", ", CompletionScripts.Shells)}"),
        };
        shell.CompletionSources.Add(CompletionScripts.Shells);
        return shell;
    }

    /// <summary>One candidate a line; with its description behind a tab where the shell shows one.</summary>
    private static async Task Complete(Session session, string shell, string line)
    {
        // The first word is this command, however it was called.
        var text = line[(line.TakeWhile(c => !char.IsWhiteSpace(c)).Count())..].TrimStart();
        var word = text.Length == 0 || char.IsWhiteSpace(text[^1]) ? "" : CommandLineParser.SplitCommandLine(text).LastOrDefault() ?? "";
        var parse = FairwayCommand.Create().Parse(text);
        if (parse.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return;
        // Options are offered to whoever begins one: otherwise they would bury the names.
        var fitting = parse.GetCompletions(text.Length).Where(candidate =>
            candidate.Label.StartsWith(word, StringComparison.Ordinal) && candidate.Label.StartsWith('-') == word.StartsWith('-'));
        foreach (var candidate in fitting)
            await session.Terminal.Out.WriteLineAsync(shell == "bash" || candidate.Detail is null ? candidate.Label : $"{candidate.Label}\t{candidate.Detail}");
    }
}
