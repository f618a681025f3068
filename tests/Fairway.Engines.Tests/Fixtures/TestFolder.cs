namespace Fairway.Engines.Tests.Fixtures;

/// <summary>One folder for the files of a run. It goes with the process; what a killed run left goes when the next one starts.</summary>
internal static class TestFolder
{
    private const string Prefix = "fairway-engines-";

    /// <summary>The folder, below the system's temporary one.</summary>
    public static string Path { get; } = Create();

    private static string Create()
    {
        string parent = System.IO.Path.GetTempPath();
        foreach (string old in Directory.EnumerateDirectories(parent, Prefix + "*"))
            if (!Directory.Exists($"/proc/{old[(old.LastIndexOf('-') + 1)..]}"))
                Directory.Delete(old, recursive: true);
        string path = System.IO.Path.Combine(parent, $"{Prefix}{Environment.ProcessId}");
        Directory.CreateDirectory(path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(path, recursive: true);
        return path;
    }
}
