using System.CommandLine;
using System.CommandLine.Invocation;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Errors;
using Fairway.Model.Health;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway version</c> and <c>fairway --version</c>.</summary>
internal static class VersionCommand
{
    public static CliCommand Create() => new CliCommand("version", "Shows the version of this command and of the daemon")
        .Does(async session =>
        {
            HealthDocument? daemon = null;
            try
            {
                daemon = await session.Client.GetHealthAsync(session.Cancellation);
            }
            catch (FairwayException e) when (e.Kind == ErrorKind.Unavailable)
            {
                // A daemon that is not there has no version.
            }
            session.Write("Version", [new VersionDocument(Product.Version, daemon?.Version, daemon?.Instance)], terminal =>
            {
                terminal.Out.WriteLine($"fairway  {Product.Version}");
                terminal.Out.WriteLine(daemon is null ? $"fairwayd not reachable at {session.SocketPath}" : $"fairwayd {daemon.Version} (instance '{daemon.Instance}')");
            });
        });

    /// <summary>Answers without asking the daemon.</summary>
    public static Option Option() => new VersionOption("--version") { Description = "Show the version", Action = new Print() };

    private sealed class Print : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"fairway {Product.Version}");
            return ExitCode.Success;
        }
    }
}
