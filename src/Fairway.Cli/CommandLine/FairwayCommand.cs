using System.CommandLine;
using System.CommandLine.Help;
using Fairway.Cli.Commands;
using Fairway.Cli.Output;

namespace Fairway.Cli.CommandLine;

/// <summary>The command line as a whole.</summary>
internal static class FairwayCommand
{
    public const string Name = "fairway";

    /// <summary>Wide enough for our longest lines. The library would ask the console, which writes control characters to find out.</summary>
    private const int HelpWidth = 120;

    /// <summary>Runs one command line; never throws.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var code = await ParseAndRunAsync(args, terminal, time, cancellation);
            await terminal.Out.FlushAsync(CancellationToken.None);
            await terminal.Error.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (IOException e) when (e.HResult == Boundary.BrokenPipe)
        {
            return ExitCode.BrokenPipe;
        }
    }

    /// <summary>All commands and options.</summary>
    public static CliCommand Create()
    {
        var help = new HelpOption("--help", "-h") { Description = "Show help" };
        help.Action = new HelpWithExamples((HelpAction)help.Action!, HelpWidth);
        return new CliCommand(Name, "Container networks of this host: creates them, shows them, and says why a packet was dropped.")
        {
            Examples = """
                fairway network create web
                fairway namespace create c1
                fairway endpoint create c1 --network web --namespace c1 --publish 8080:80
                fairway exec c1 -- ping c2
                """,
        }
        .With(NetworkCommand.Create(), NamespaceCommand.Create(), EndpointCommand.Create(), PortCommand.Create(), PolicyCommand.Create(), LoadBalancerCommand.Create(),
            RouteCommand.Create(), ExecCommand.Create(), ExplainCommand.Create(), MonitorCommand.Create(), CaptureCommand.Create(), DoctorCommand.Create(), PodmanCommand.Create(), CniCommand.Create(),
            InstallCommand.Create(), InstallCommand.CreateUninstall(), CompletionCommand.Create(), CompletionCommand.CreateComplete(), VersionCommand.Create())
        .With(GlobalOptions.Output, GlobalOptions.Socket, GlobalOptions.Instance, VersionCommand.Option(), help);
    }

    private static Task<int> ParseAndRunAsync(string[] args, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        var parse = Create().Parse(ExecCommand.Separate(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parse.Errors.Count > 0 && parse.Action is not HelpWithExamples
            ? Task.FromResult(Failure.WriteUsage(terminal, parse))
            : parse.InvokeAsync(new Invocation(terminal, time), cancellation);
    }
}
