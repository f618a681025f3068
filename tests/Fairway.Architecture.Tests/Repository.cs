using System.Xml.Linq;

namespace Fairway.Architecture.Tests;

/// <summary>The checked-out tree the tests read: found by walking up from the test binary to the solution file.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>C# sources below <paramref name="folder"/>, as repository-relative paths, without build output.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [.. Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !IsBuildOutput(path))
            .Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> ProductionProjects() =>
        [.. Directory.EnumerateFiles(PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => Path.GetFileNameWithoutExtension(path))];

    public static XDocument Project(string name) => XDocument.Load(PathOf($"src/{name}/{name}.csproj"));

    /// <summary>The values of one attribute of every item of a kind, as file names without extension for projects.</summary>
    public static IReadOnlyList<string> Items(string project, string item) =>
        [.. Project(project).Descendants(item)
            .Select(element => element.Attribute("Include")!.Value)
            .Select(value => item == "ProjectReference" ? Path.GetFileNameWithoutExtension(value) : value)];

    private static bool IsBuildOutput(string path) =>
        path.Split('/').Any(part => part is "bin" or "obj" or "artifacts") || path.EndsWith(".g.cs", StringComparison.Ordinal);

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
