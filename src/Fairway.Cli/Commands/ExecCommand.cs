using System.CommandLine;
using System.Diagnostics;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Exec;
using Fairway.Cli.Resources;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Processes;
using Fairway.Model.Errors;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway exec</c>: becomes the command, so that signals, terminal and exit code are the command's own.</summary>
internal static class ExecCommand
{
    private static readonly string[] s_optionsWithValue = ["--socket", "--instance", "--output", "-o"];

    public static CliCommand Create()
    {
        var reference = ResourceCommands.Reference(NamespaceResource.Instance);
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments", Arity = ArgumentArity.OneOrMore };
        return new CliCommand("exec", "Runs a command in a namespace, with the names of its networks")
        {
            Examples = """
                fairway exec c1 -- ping c2
                fairway exec c1 -- bash
                fairway exec c1 curl -s http://c2/
                """,
        }
        .With(reference, words)
        .Does(session => RunAsync(session, session.Get(reference), session.Get(words)));
    }

    /// <summary>
    /// What follows the namespace is the command with its own options, also without <c>--</c>: a separator is put there, so that
    /// <c>fairway exec c1 ping -c 1 c2</c> means what it says.
    /// </summary>
    public static string[] Separate(string[] args)
    {
        var exec = Skip(args, 0);
        if (exec >= args.Length || args[exec] != "exec")
            return args;
        var reference = Skip(args, exec + 1);
        var command = reference + 1;
        return command < args.Length && !args[command].StartsWith('-') ? [.. args[..command], "--", .. args[command..]] : args;
    }

    /// <summary>The first word from here on that is no option and no value of one.</summary>
    private static int Skip(string[] args, int from)
    {
        while (from < args.Length && args[from].StartsWith('-') && args[from] != "--")
            from += s_optionsWithValue.Contains(args[from]) ? 2 : 1;
        return from;
    }

    private static async Task<int> RunAsync(Session session, string reference, string[] words)
    {
        try
        {
            var target = await NamespaceTarget.FindAsync(session, reference);
            using var inside = NetworkNamespace.OpenPath(target.Path);
            var program = new ProgramSpec { FileName = words[0], Arguments = words[1..], NetworkNamespace = inside, Files = FilesOf(target) };
            await session.Terminal.Out.FlushAsync();
            await session.Terminal.Error.FlushAsync();
            ProcessLauncher.Replace(program);
            throw new UnreachableException();
        }
        catch (FairwayException e)
        {
            Failure.Write(session.Terminal, session.Format, e);
            return ExitCode.NotExecuted;
        }
        catch (LinuxException e)
        {
            Failure.Write(session.Terminal, session.Format, new FairwayException(ErrorKind.Internal, e.Target, Explain(e), inner: e));
            return CodeOf(e);
        }
    }

    private static IReadOnlyDictionary<string, string> FilesOf(NamespaceTarget target) =>
        target.Resolver is { } resolver ? NameServiceFiles.For(resolver, File.Exists) : new Dictionary<string, string>();

    private static string Explain(LinuxException e) => e.Errno == Errno.EPERM ? $"{e.Message}; run this as root" : e.Message;

    private static int CodeOf(LinuxException e) => (e.Operation, e.Errno) switch
    {
        ("run program", Errno.ENOENT) => ExitCode.CommandNotFound,
        ("run program", _) => ExitCode.NotExecutable,
        _ => ExitCode.NotExecuted,
    };
}
