using System.CommandLine;
using Fairway.Cli.Cni;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Installing;
using Fairway.Cli.Podman;
using Fairway.Client;
using Fairway.Model.Errors;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway install</c> and <c>fairway uninstall</c>: what the Debian package does, for hosts without it.</summary>
internal static class InstallCommand
{
    private const string PackageList = "var/lib/dpkg/info/fairway.list";

    public static CliCommand Create()
    {
        var root = Root("Put the files below this directory in place of / and start nothing, as for a package");
        return new CliCommand("install", "Installs the programs beside this one as a service; engines are switched to it by commands of their own")
        {
            Examples = """
                artifacts/publish/fairway install
                fairway podman install
                """,
        }
        .With(root)
        .Does(session => InstallAsync(session, session.Get(root)));
    }

    public static CliCommand CreateUninstall()
    {
        var root = Root("Take the files away from below this directory, and nothing else");
        var purge = new Option<bool>("--purge") { Description = "Forget networks, endpoints and addresses as well" };
        return new CliCommand("uninstall", "Ends the service and takes away what install put there, and what the daemon made in the kernel")
        {
            Examples = "fairway uninstall --purge",
        }
        .With(root)
        .With(purge)
        .Does(session => UninstallAsync(session, session.Get(root), session.Get(purge)));
    }

    private static async Task InstallAsync(Session session, string? root)
    {
        RefuseInstance(session, "install", "start one by hand: fairwayd --instance");
        RefuseBesidePackage(root, "install");
        new ProgramFiles(root ?? "/").Install(AppContext.BaseDirectory);
        if (root is null)
        {
            await Programs.SystemctlAsync("daemon-reload");
            await Programs.SystemctlAsync("enable", "--quiet", "fairwayd");
            await Programs.SystemctlAsync("restart", "fairwayd");
        }
        session.Terminal.Out.WriteLine($"installed Fairway {Product.Version} in '{Path.Combine(root ?? "/", "usr/lib/fairway")}'");
    }

    private static async Task UninstallAsync(Session session, string? root, bool purge)
    {
        RefuseInstance(session, "uninstall", "end its daemon, then take away what it made: fairwayd --uninstall --instance");
        RefuseBesidePackage(root, "uninstall");
        var files = new ProgramFiles(root ?? "/");
        if (root is null)
        {
            new PodmanInstallation(PodmanFiles.Default, "").Uninstall();
            new CniInstallation(CniInstallation.DefaultBinDirectory, CniInstallation.DefaultConfigurationDirectory, "").Uninstall();
            await Programs.SystemctlAsync("disable", "--now", "--quiet", "fairwayd");
            if (File.Exists(files.Daemon))
                await Programs.RunAsync(files.Daemon, "--uninstall");
        }
        files.Uninstall();
        if (root is null)
        {
            await Programs.SystemctlAsync("daemon-reload");
            if (purge && Directory.Exists("/var/lib/fairway"))
                Directory.Delete("/var/lib/fairway", recursive: true);
        }
        session.Terminal.Out.WriteLine("uninstalled Fairway");
    }

    /// <summary>The service is the default instance: whoever names another does not mean it.</summary>
    private static void RefuseInstance(Session session, string verb, string remedy)
    {
        if (session.Instance != FairwayClientOptions.DefaultInstance)
            throw new FairwayException(ErrorKind.InvalidArgument, $"instance '{session.Instance}'", $"{verb}: the service is instance '{FairwayClientOptions.DefaultInstance}', not '{session.Instance}'; {remedy} {session.Instance}");
    }

    private static void RefuseBesidePackage(string? root, string verb)
    {
        if (root is null && File.Exists($"/{PackageList}"))
            throw new FairwayException(ErrorKind.Conflict, "package 'fairway'", $"{verb}: Fairway is here as a package; use apt {(verb == "install" ? "install" : "remove")} fairway");
    }

    private static Option<string?> Root(string description) => new("--root") { Description = description, HelpName = "DIRECTORY" };
}
