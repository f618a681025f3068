namespace Fairway.Bench.Running;

/// <summary>Finds programs: where distributions put them, and where this tree does.</summary>
internal static class Tool
{
    private static readonly string[] s_directories = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/lib/podman", "/usr/libexec/podman"];
    private static readonly string[] s_pluginDirectories = ["/usr/lib/cni", "/opt/cni/bin", "/usr/libexec/cni"];

    /// <summary>Path of a program, or null; <c>cni/NAME</c> is a plugin of CNI.</summary>
    public static string? Find(string name) => Path.IsPathRooted(name)
        ? File.Exists(name) ? name : null
        : (name.StartsWith("cni/", StringComparison.Ordinal) ? s_pluginDirectories : s_directories).Select(directory => Path.Combine(directory, Path.GetFileName(name))).FirstOrDefault(File.Exists);

    public static string Get(string name) => Find(name) ?? throw new FileNotFoundException($"'{name}' is not installed");

    /// <summary>A program of this tree as users get it, compiled ahead of time.</summary>
    public static string Published(string name) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../publish", name));
}
