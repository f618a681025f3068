using Fairway.Model.Errors;

namespace Fairway.Cli.Installing;

/// <summary>Everything an installation consists of, and where it goes. The Debian package holds the same files, put there by the same code.</summary>
/// <param name="root">The directory that becomes <c>/</c>.</param>
internal sealed class ProgramFiles(string root)
{
    private const string Library = "usr/lib/fairway";
    private const string Unit = "usr/lib/systemd/system/fairwayd.service";

    /// <summary>Files from beside this command; the switch is also looked for where the build puts it.</summary>
    private static readonly (string Name, string[] From)[] s_files =
    [
        ("fairway", ["fairway"]),
        ("fairwayd", ["fairwayd"]),
        ("fairway-cni", ["fairway-cni"]),
        ("fairway-netavark", ["fairway-netavark"]),
        ("libe_sqlite3.so", ["libe_sqlite3.so"]),
        ("switch.bpf.o", ["switch.bpf.o", "../bpf/switch.bpf.o"]),
    ];

    /// <summary>Links, within the installation only, so that it can be put together anywhere.</summary>
    private static readonly (string Path, string Target)[] s_links =
    [
        ("usr/bin/fairway", "../lib/fairway/fairway"),
        ($"{Library}/podman/netavark", "../fairway-netavark"),
        ($"{Library}/podman/aardvark-dns", "../fairway-netavark"),
    ];

    /// <summary>The daemon, installed.</summary>
    public string Daemon => Full($"{Library}/fairwayd");

    /// <summary>Copies the programs of a build.</summary>
    /// <param name="source">The directory they are in.</param>
    /// <exception cref="FairwayException">NotFound: one is missing. Nothing has been copied then.</exception>
    public void Install(string source)
    {
        var files = s_files.Select(file => (file.Name, From: Find(source, file.From))).ToList();
        foreach (var (name, from) in files)
            Copy(from, Full($"{Library}/{name}"));
        foreach (var (path, target) in s_links)
            Link(Full(path), target);
        WriteUnit(Full(Unit));
    }

    /// <summary>Takes them away. What is not there is no error.</summary>
    public void Uninstall()
    {
        if (File.Exists(Full(Unit)))
            File.Delete(Full(Unit));
        foreach (var (path, target) in s_links)
        {
            if (new FileInfo(Full(path)).LinkTarget == target)
                File.Delete(Full(path));
        }
        if (Directory.Exists(Full(Library)))
            Directory.Delete(Full(Library), recursive: true);
    }

    private string Full(string path) => Path.Combine(root, path);

    private static string Find(string source, string[] candidates) =>
        candidates.Select(name => Path.GetFullPath(Path.Combine(source, name))).FirstOrDefault(File.Exists)
        ?? throw new FairwayException(ErrorKind.NotFound, $"file '{candidates[0]}'", $"install: '{source}' has no '{candidates[0]}'; build all programs first (scripts/publish.sh)");

    /// <summary>Copies beside, with the file's mode, and renames: a program that runs keeps its file, and a copy cut short is none.</summary>
    private static void Copy(string from, string to)
    {
        // Installed by the installed command.
        if (Path.GetFullPath(from) == to)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to + ".new", overwrite: true);
        File.Move(to + ".new", to, overwrite: true);
    }

    private static void WriteUnit(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var unit = typeof(ProgramFiles).Assembly.GetManifestResourceStream("fairwayd.service")!;
        using var file = File.Create(path);
        unit.CopyTo(file);
    }

    private static void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }
}
