namespace Fairway.Model.Tests.Hcn;

/// <summary>
/// Files below Samples. Those beside a test's input are what it must turn into, to the byte; run the tests with UPDATE_SAMPLES=1
/// to write them anew, and say in the commit why they changed.
/// </summary>
internal static class Sample
{
    private static readonly string s_folder = RepositoryPath("tests/Fairway.Model.Tests/Samples");

    public static string RepositoryPath(string relative) => Path.Combine(FindRoot(), relative);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(s_folder, name));

    public static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(s_folder, "Hcn"), pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static void AssertGolden(string name, string actual)
    {
        var path = Path.Combine(s_folder, name);
        if (Environment.GetEnvironmentVariable("UPDATE_SAMPLES") == "1") File.WriteAllText(path, actual + "\n");
        Assert.True(File.Exists(path), $"{name} is missing; run with UPDATE_SAMPLES=1 and check what it holds");
        Assert.Equal(File.ReadAllText(path).TrimEnd('\n'), actual);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Fairway.slnx"))) directory = directory.Parent!;
        return directory.FullName;
    }
}
