using Fairway.Model.Errors;

namespace Fairway.Cli.Cni;

/// <summary>Puts the plugin and a configuration list where container runtimes look for them. Done twice it changes nothing; a list that was edited stays.</summary>
/// <param name="binDirectory">Where runtimes look for plugins.</param>
/// <param name="configurationDirectory">Where runtimes look for configuration; the first file by name is the one they use.</param>
/// <param name="program">The plugin of this build.</param>
internal sealed class CniInstallation(string binDirectory, string configurationDirectory, string program)
{
    public const string PluginName = "fairway-cni";
    public const string DefaultBinDirectory = "/opt/cni/bin";
    public const string DefaultConfigurationDirectory = "/etc/cni/net.d";

    public string Plugin => Path.Combine(binDirectory, PluginName);

    public string Configuration => Path.Combine(configurationDirectory, "10-fairway.conflist");

    /// <summary>The configuration that runtimes use in the place of ours, or null.</summary>
    public string? Preferred => Directory.EnumerateFiles(configurationDirectory)
        .Where(file => Path.GetExtension(file) is ".conf" or ".conflist" or ".json")
        .Order(StringComparer.Ordinal).FirstOrDefault(file => string.CompareOrdinal(file, Configuration) < 0);

    /// <summary>Installs both.</summary>
    /// <param name="socket">The daemon's socket when it is not the usual one, or null.</param>
    /// <param name="network">The network containers join, or null for one that is made for the list.</param>
    /// <returns>Whether the configuration list was written; false when one of ours was there.</returns>
    /// <exception cref="FairwayException">NotFound: there is no plugin to install. Conflict: another program's file is in the way.</exception>
    public bool Install(string? socket, string? network)
    {
        if (!File.Exists(program))
            throw new FairwayException(ErrorKind.NotFound, $"file '{program}'", $"install for CNI: there is no '{program}'; install the package, or publish Fairway.Cni beside this command");
        var exists = File.Exists(Configuration);
        if (exists && !ConfigurationList.IsOurs(File.ReadAllText(Configuration)))
            throw new FairwayException(ErrorKind.Conflict, $"file '{Configuration}'", $"install for CNI: '{Configuration}' does not use {PluginName}; move it away first");
        Directory.CreateDirectory(binDirectory);
        Directory.CreateDirectory(configurationDirectory);
        // The plugin first: a runtime acts on a configuration as soon as it sees it.
        Replace(Plugin, file => File.Copy(program, file));
        if (!exists)
            Replace(Configuration, file => File.WriteAllText(file, ConfigurationList.Text(socket, network)));
        return !exists;
    }

    /// <summary>Takes both away. What is not there, or not ours, is no error.</summary>
    /// <returns>The files that went.</returns>
    public IReadOnlyList<string> Uninstall()
    {
        var gone = new List<string>();
        if (File.Exists(Configuration) && ConfigurationList.IsOurs(File.ReadAllText(Configuration)))
            gone.Add(Configuration);
        if (File.Exists(Plugin))
            gone.Add(Plugin);
        gone.ForEach(File.Delete);
        return gone;
    }

    /// <summary>Writes beside the file and moves into place: a runtime must never start half a program or read half a list.</summary>
    private static void Replace(string path, Action<string> write)
    {
        // The dot keeps runtimes from taking it for a configuration.
        var beside = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");
        File.Delete(beside);
        write(beside);
        File.Move(beside, path, overwrite: true);
    }
}
