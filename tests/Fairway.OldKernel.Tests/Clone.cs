namespace Fairway.OldKernel.Tests;

/// <summary>Paths of the clone this test binary was built in.</summary>
internal static class Clone
{
    public static string Root { get; } = FindRoot();

    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    /// <summary>The switch's compiled objects; none is an error as soon as there are sources.</summary>
    public static string[] SwitchObjects()
    {
        var folder = Path.Combine(Artifacts, "bpf");
        string[] objects = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.o") : [];
        return objects.Length > 0 || !Directory.Exists(Path.Combine(Root, "bpf"))
            ? objects
            : throw new FileNotFoundException($"find objects in '{folder}': none there; run bpf/build.sh, or ./test, which does");
    }

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Fairway.slnx")))
                return directory.FullName;
        }

        throw new DirectoryNotFoundException($"find 'Fairway.slnx' above '{AppContext.BaseDirectory}': not there; run the tests from a clone");
    }
}
