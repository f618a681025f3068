using System.CommandLine;

namespace Fairway.Cli.CommandLine;

/// <summary>A command with examples below its help.</summary>
internal sealed class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>One a line.</summary>
    public string? Examples { get; init; }

    /// <summary>Adds arguments, in the order they are typed.</summary>
    public CliCommand With(params ReadOnlySpan<Argument> arguments)
    {
        foreach (var argument in arguments) Arguments.Add(argument);
        return this;
    }

    /// <summary>Adds options.</summary>
    public CliCommand With(params ReadOnlySpan<Option> options)
    {
        foreach (var option in options) Options.Add(option);
        return this;
    }

    /// <summary>Adds commands below this one.</summary>
    public CliCommand With(params ReadOnlySpan<Command> commands)
    {
        foreach (var below in commands) Subcommands.Add(below);
        return this;
    }

    /// <summary>What the command does; it answers an exit code.</summary>
    public CliCommand Does(Func<Session, Task<int>> body)
    {
        SetAction((parse, cancellation) => Boundary.RunAsync(parse, body, cancellation));
        return this;
    }

    /// <summary>What the command does; that it returns is success.</summary>
    public CliCommand Does(Func<Session, Task> body) =>
        Does(async session =>
        {
            await body(session);
            return ExitCode.Success;
        });
}
