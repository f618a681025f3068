using Fairway.Model.Errors;

namespace Fairway.Cli.Podman;

/// <summary>Makes Podman use Fairway, and no more. Done twice it changes nothing; what others wrote stays.</summary>
/// <param name="files">Where.</param>
/// <param name="program">The program of this build to link to where the package has not brought one.</param>
internal sealed class PodmanInstallation(PodmanFiles files, string program)
{
    /// <summary>Puts Fairway in netavark's place.</summary>
    /// <param name="socket">The daemon's socket when it is not the usual one, or null.</param>
    /// <exception cref="FairwayException">Conflict: another configuration says where helpers are. NotFound: there is no such program.</exception>
    public void Install(string? socket)
    {
        if (files.OtherConfigurations().FirstOrDefault(file => DropIn.SetsHelpers(File.ReadAllText(file))) is { } other)
        {
            throw new FairwayException(ErrorKind.Conflict, $"file '{other}'",
                $"install for Podman: '{other}' sets helper_binaries_dir itself, which would be overruled; put \"{files.HelperDirectory}\" first in it and set enable_port_reservation = false, or take the setting out");
        }
        if (File.Exists(files.DropIn) && !DropIn.IsOurs(File.ReadAllText(files.DropIn)))
            throw new FairwayException(ErrorKind.Conflict, $"file '{files.DropIn}'", $"install for Podman: '{files.DropIn}' was not written by this command; move it away first");
        Link(files.Netavark);
        Link(files.Aardvark);
        Directory.CreateDirectory(files.ConfigurationDirectory);
        File.WriteAllText(files.DropIn, DropIn.Text(files.HelperDirectory, socket));
    }

    /// <summary>Gives Podman's own netavark the driver <c>fairway</c>.</summary>
    public void InstallDriver() => Link(files.Driver);

    /// <summary>Takes everything back. What is not there, or not ours, is no error.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Uninstall()
    {
        var found = Unlink(files.Netavark) | Unlink(files.Aardvark) | Unlink(files.Driver);
        if (File.Exists(files.DropIn) && DropIn.IsOurs(File.ReadAllText(files.DropIn)))
        {
            File.Delete(files.DropIn);
            found = true;
        }
        RemoveIfEmpty(files.HelperDirectory);
        RemoveIfEmpty(files.PluginDirectory);
        RemoveIfEmpty(files.ConfigurationDirectory);
        return found;
    }

    /// <summary>A link to this build's program, unless something is there: the package's.</summary>
    private void Link(string path)
    {
        if (File.Exists(path) && !IsOurs(path))
            return;
        if (!File.Exists(program))
            throw new FairwayException(ErrorKind.NotFound, $"file '{program}'", $"install for Podman: there is no '{program}'; install the package, or publish Fairway.Netavark beside this command");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        File.CreateSymbolicLink(path, program);
    }

    private static bool Unlink(string path)
    {
        if (!IsOurs(path))
            return false;
        File.Delete(path);
        return true;
    }

    /// <summary>Ours are absolute links; the package's is a file, or a link within its directory.</summary>
    private static bool IsOurs(string path) => new FileInfo(path).LinkTarget is { } target && Path.IsPathRooted(target) && Path.GetFileName(target) == "fairway-netavark";

    private static void RemoveIfEmpty(string directory)
    {
        if (Directory.Exists(directory) && !Directory.EnumerateFileSystemEntries(directory).Any())
            Directory.Delete(directory);
    }
}
