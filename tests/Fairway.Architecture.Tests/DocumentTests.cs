using System.Text.RegularExpressions;

namespace Fairway.Architecture.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void ArchitectureIndex_NamesEveryFolderOfSrc()
    {
        var index = File.ReadAllText(Repository.PathOf("ARCHITECTURE.md"));
        var missing = Directory.EnumerateDirectories(Repository.PathOf("src"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => $"src/{Path.GetFileName(folder)}")
            .Where(folder => !index.Contains($"`{folder}`", StringComparison.Ordinal));
        Findings.AssertNone(missing);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/decisions.md")]
    [InlineData("docs/design/dns.md")]
    [InlineData("docs/spec/cli.md")]
    [InlineData("docs/spec/daemon.md")]
    [InlineData("docs/spec/hcn.md")]
    [InlineData("docs/spec/http-api.md")]
    public void Document_LinksOnlyToWhatExists(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var broken = Link().Matches(File.ReadAllText(Repository.PathOf(document)))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.StartsWith("http", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(folder, target)));
        Findings.AssertNone(broken);
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
