namespace Fairway.Cli.Podman;

/// <summary>Where things are that make Podman use Fairway.</summary>
/// <param name="ConfigurationDirectory">Podman reads every <c>*.conf</c> in it.</param>
/// <param name="HelperDirectory">Holds <c>netavark</c>, which is Fairway's.</param>
/// <param name="PluginDirectory">Where netavark of Podman 4.5 and later looks for drivers.</param>
internal sealed record PodmanFiles(string ConfigurationDirectory, string HelperDirectory, string PluginDirectory)
{
    /// <summary>What Podman's own configuration has when nobody sets <c>helper_binaries_dir</c> (containers-common, pkg/config).</summary>
    public static IReadOnlyList<string> PodmansHelperDirectories { get; } =
        ["/usr/local/libexec/podman", "/usr/local/lib/podman", "/usr/libexec/podman", "/usr/lib/podman"];

    /// <summary>Those of the host.</summary>
    public static PodmanFiles Default { get; } = new("/etc/containers/containers.conf.d", "/usr/lib/fairway/podman", "/usr/lib/netavark");

    public string DropIn => Path.Combine(ConfigurationDirectory, "fairway.conf");

    public string Netavark => Path.Combine(HelperDirectory, "netavark");

    /// <summary>Podman warns when it finds no aardvark-dns; names are Fairway's resolver's business, so it finds this program again.</summary>
    public string Aardvark => Path.Combine(HelperDirectory, "aardvark-dns");

    public string Driver => Path.Combine(PluginDirectory, "fairway");

    /// <summary>Files of others that may say where helpers are. The main one stands beside the directory of drop-ins.</summary>
    public IEnumerable<string> OtherConfigurations()
    {
        var main = Path.Combine(Path.GetDirectoryName(ConfigurationDirectory) ?? "/", "containers.conf");
        var beside = Directory.Exists(ConfigurationDirectory) ? Directory.EnumerateFiles(ConfigurationDirectory, "*.conf").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return beside.Prepend(main).Where(file => file != DropIn && File.Exists(file));
    }
}
