using System.Net;
using Fairway.Model.Names;

namespace Fairway.Daemon.Arguments;

/// <summary>Reads the command line. A dozen options need no library.</summary>
internal static class CommandLine
{
    public const string Help = """
        fairwayd: owns the container networks of this host.

        usage: fairwayd [--instance NAME] [--socket PATH] [--state DIRECTORY]
                        [--docker-plugins DIRECTORY] [--docker-socket PATH] [--containerd-socket PATH]
                        [--listen ADDRESS:PORT --tls-certificate FILE --tls-key FILE --tls-clients FILE]
               fairwayd --uninstall [--instance NAME] [--socket PATH] [--state DIRECTORY] [--docker-plugins DIRECTORY]
               fairwayd --version | --help

          --instance NAME    what everything it makes is named after: 1 to 32 lower-case letters and digits (default fairway)
          --socket PATH      where the API listens (default /run/NAME/fairway.sock)
          --state DIRECTORY  where it keeps what it was told (default /var/lib/NAME)
          --docker-plugins DIRECTORY
                             where Docker's network and IPAM drivers are served, as NAME.sock (default /run/docker/plugins for
                             the instance fairway, nowhere for others)
          --docker-socket PATH
                             where Docker tells what its containers are called (default /run/docker.sock)
          --containerd-socket PATH
                             where containerd tells which images run behind CNI's endpoints (default /run/containerd/containerd.sock)
          --listen ADDRESS:PORT
                             serves the API on TCP too, to clients with a certificate of the authorities in --tls-clients: they can do
                             what root can; --tls-certificate and --tls-key are the daemon's own (all PEM, read at the start)
          --uninstall        take away everything the instance made in the kernel, and put changed host settings back; the state is kept
          --version, --help  print the version, or this

        SIGTERM and SIGINT end it and leave the networks forwarding. Exit codes: 0 done, 1 could not start or go on, 2 wrong options.
        """;

    public static DaemonOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new DaemonOptions();
        var given = new HashSet<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (!given.Add(name)) throw new UsageException($"option '{name}' is given twice; give it once");
            options = name switch
            {
                "--instance" => options with { Instance = Instance(Value()) },
                "--socket" => options with { SocketPath = AbsolutePath(name, Value()) },
                "--state" => options with { StateDirectory = AbsolutePath(name, Value()) },
                "--docker-plugins" => options with { DockerPlugins = AbsolutePath(name, Value()) },
                "--docker-socket" => options with { DockerSocket = AbsolutePath(name, Value()) },
                "--containerd-socket" => options with { ContainerdSocket = AbsolutePath(name, Value()) },
                "--listen" => options with { Listen = Listen(Value()) },
                "--tls-certificate" => options with { TlsCertificate = AbsolutePath(name, Value()) },
                "--tls-key" => options with { TlsKey = AbsolutePath(name, Value()) },
                "--tls-clients" => options with { TlsClients = AbsolutePath(name, Value()) },
                "--uninstall" => options with { Mode = Choose(DaemonMode.Uninstall) },
                "--version" => options with { Mode = Choose(DaemonMode.Version) },
                "--help" or "-h" => options with { Mode = Choose(DaemonMode.Help) },
                _ => throw new UsageException($"'{arguments[i]}' is not an option; see fairwayd --help"),
            };

            string Value() => value ?? (++i < arguments.Count ? arguments[i] : throw new UsageException($"option '{name}' needs a value; see fairwayd --help"));

            DaemonMode Choose(DaemonMode mode) =>
                value is not null ? throw new UsageException($"option '{name}' takes no value")
                : options.Mode == DaemonMode.Serve ? mode
                : throw new UsageException("--uninstall, --version and --help exclude each other; give one of them");
        }
        if (new object?[] { options.Listen, options.TlsCertificate, options.TlsKey, options.TlsClients }.Count(part => part is null) is not (0 or 4))
            throw new UsageException("--listen, --tls-certificate, --tls-key and --tls-clients belong together: without certificates on both sides nobody is served over the network");
        return options;
    }

    private static (string Name, string? Value) Split(string argument) =>
        argument.Split('=', 2) is [{ } name, { } value] && name.StartsWith("--", StringComparison.Ordinal) ? (name, value) : (argument, null);

    private static string Instance(string name) => InstanceName.Check(name) is { } wrong ? throw new UsageException(wrong) : name;

    private static IPEndPoint Listen(string text) => IPEndPoint.TryParse(text, out var address) && address.Port != 0 ? address
        : throw new UsageException($"option '--listen' has '{text}', which is no address with a port; write 192.0.2.1:8443 or [2001:db8::1]:8443");

    private static string AbsolutePath(string option, string path) =>
        Path.IsPathRooted(path) ? path : throw new UsageException($"option '{option}' has '{path}', which is not an absolute path; start it with '/'");
}
