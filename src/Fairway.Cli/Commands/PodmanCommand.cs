using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Podman;
using Fairway.Client;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway podman</c>.</summary>
internal sealed class PodmanCommand
{
    private readonly Option<string> _configuration = Directory("--conf-dir", "Where Podman reads further configuration", PodmanFiles.Default.ConfigurationDirectory);
    private readonly Option<string> _helpers = Directory("--helper-dir", "Where Fairway's netavark is, or is put", PodmanFiles.Default.HelperDirectory);
    private readonly Option<string> _plugins = Directory("--plugin-dir", "Where netavark looks for drivers", PodmanFiles.Default.PluginDirectory);
    private readonly Option<bool> _driver = new("--driver-only") { Description = "Only add the driver 'fairway' to Podman's own netavark (Podman 4.5 and later)" };

    public static CliCommand Create()
    {
        var command = new PodmanCommand();
        return new CliCommand("podman", "Makes Podman use Fairway for its networks, and gives it one of Fairway's").With(command.Install(), command.Uninstall(), PodmanJoinCommand.Create());
    }

    private CliCommand Install() => new CliCommand("install", "Makes Podman use Fairway for its networks; containers that run keep theirs until they are started again")
    {
        Examples = """
            fairway podman install
            fairway podman install --driver-only && podman network create --driver fairway web
            """,
    }
    .With(_driver, _configuration, _helpers, _plugins)
    .Does(session =>
    {
        var files = Files(session);
        if (session.Get(_driver))
        {
            Installation(files).InstallDriver();
            session.Terminal.Out.WriteLine($"put the driver 'fairway' at '{files.Driver}'");
        }
        else
        {
            Installation(files).Install(session.SocketPath == FairwayClientOptions.SocketPathOf(FairwayClientOptions.DefaultInstance) ? null : Path.GetFullPath(session.SocketPath));
            session.Terminal.Out.WriteLine($"wrote '{files.DropIn}': Podman's containers are connected by Fairway from their next start on");
        }
        return Task.CompletedTask;
    });

    private CliCommand Uninstall() => new CliCommand("uninstall", "Takes back what install did; containers that run keep their networks until they stop")
    {
        Examples = "fairway podman uninstall",
    }
    .With(_configuration, _helpers, _plugins)
    .Does(session =>
    {
        var files = Files(session);
        session.Terminal.Out.WriteLine(Installation(files).Uninstall()
            ? "Podman uses its own netavark again"
            : $"there was nothing to take back: no file of this command in '{files.ConfigurationDirectory}', '{files.HelperDirectory}' or '{files.PluginDirectory}'");
        return Task.CompletedTask;
    });

    private PodmanFiles Files(Session session) => new(Full(session.Get(_configuration)), Full(session.Get(_helpers)), Full(session.Get(_plugins)));

    private static PodmanInstallation Installation(PodmanFiles files) => new(files, Path.Combine(AppContext.BaseDirectory, "fairway-netavark"));

    // A trailing slash would make the parent the directory itself.
    private static string Full(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    private static Option<string> Directory(string name, string description, string value) =>
        new(name) { Description = description, HelpName = "DIRECTORY", DefaultValueFactory = _ => value };
}
