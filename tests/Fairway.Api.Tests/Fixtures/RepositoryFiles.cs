namespace Fairway.Api.Tests.Fixtures;

/// <summary>Files of the checked-out tree.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>A document as a real client sends it.</summary>
    public static string HcnSample(string name) => File.ReadAllText(PathOf($"tests/Fairway.Model.Tests/Samples/Hcn/{name}.json"));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Fairway.slnx"))) directory = directory.Parent!;
        return directory.FullName;
    }
}
