using System.CommandLine;
using Fairway.Cli.Cni;
using Fairway.Cli.CommandLine;
using Fairway.Client;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway cni</c>.</summary>
internal sealed class CniCommand
{
    private readonly Option<string> _bin = Directory("--bin-dir", "Where container runtimes look for plugins", CniInstallation.DefaultBinDirectory);
    private readonly Option<string> _configuration = Directory("--conf-dir", "Where container runtimes look for configuration", CniInstallation.DefaultConfigurationDirectory);

    private readonly Option<string?> _network = new("--network") { Description = "The network containers join; otherwise one is made when the first container comes", HelpName = "NETWORK" };

    public static CliCommand Create()
    {
        var command = new CniCommand();
        return new CliCommand("cni", "Makes containerd, CRI-O and Kubernetes use Fairway for their networks").With(command.Install(), command.Uninstall());
    }

    private CliCommand Install() => new CliCommand("install", "Installs the CNI plugin and a configuration list; a list that is there already stays as it is")
    {
        Examples = """
            fairway cni install
            fairway cni install --network shared
            fairway cni install --bin-dir /usr/lib/cni --conf-dir /etc/cni/net.d
            """,
    }
    .With(_bin, _configuration, _network)
    .Does(session =>
    {
        var installation = Installation(session);
        var usual = session.SocketPath == FairwayClientOptions.SocketPathOf(FairwayClientOptions.DefaultInstance);
        var written = installation.Install(usual ? null : Path.GetFullPath(session.SocketPath), session.Get(_network));
        var output = session.Terminal.Out;
        output.WriteLine($"put the plugin at '{installation.Plugin}'");
        output.WriteLine(written ? $"wrote '{installation.Configuration}'" : $"left '{installation.Configuration}' as it was");
        if (installation.Preferred is { } other)
            output.WriteLine($"runtimes use '{other}' in its place, because its name comes first; move that away, or name Fairway's list earlier");
        return Task.CompletedTask;
    });

    private CliCommand Uninstall() => new CliCommand("uninstall", "Takes the plugin and the configuration list away; containers that run keep their networks until they stop")
    {
        Examples = "fairway cni uninstall",
    }
    .With(_bin, _configuration)
    .Does(session =>
    {
        var installation = Installation(session);
        var gone = installation.Uninstall();
        foreach (var file in gone)
            session.Terminal.Out.WriteLine($"took '{file}' away");
        if (gone is [])
            session.Terminal.Out.WriteLine($"there was nothing to take away: neither '{installation.Plugin}' nor '{installation.Configuration}'");
        return Task.CompletedTask;
    });

    private CniInstallation Installation(Session session) =>
        new(Path.GetFullPath(session.Get(_bin)), Path.GetFullPath(session.Get(_configuration)), Path.Combine(AppContext.BaseDirectory, CniInstallation.PluginName));

    private static Option<string> Directory(string name, string description, string value) =>
        new(name) { Description = description, HelpName = "DIRECTORY", DefaultValueFactory = _ => value };
}
