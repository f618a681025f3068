namespace Fairway.Cli.Tests.Fixtures;

/// <summary>The checked-out tree: found by walking up from the test binary to the solution file.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

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
