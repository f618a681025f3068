using System.Text.RegularExpressions;

namespace Fairway.Architecture.Tests;

public sealed partial class SourceTests
{
    [Fact]
    public void TypeNames_SayWhatTheTypeDoes()
    {
        var empty = Repository.Sources("src")
            .SelectMany(path => TypeDeclaration().Matches(Text(path)).Select(match => (path, Name: match.Groups["name"].Value)))
            .Where(type => EmptyName().IsMatch(type.Name))
            .Select(type => $"{type.path}: {type.Name} (Manager, Helper, Util, Common and Info say nothing; name the role)");
        Assert.Empty(empty);
    }

    [Fact]
    public void EveryFile_HasAtMostOnePublicType()
    {
        var crowded = Repository.Sources("src")
            .Select(path => (path, Types: TopLevelPublicType().Matches(Text(path)).Select(match => match.Groups["name"].Value).Distinct().ToList()))
            .Where(file => file.Types.Count > 1)
            .Select(file => $"{file.path}: {string.Join(", ", file.Types)}");
        Assert.Empty(crowded);
    }

    [Fact]
    public void NativeCalls_AreDeclared_OnlyInFairwayLinux()
    {
        var native = Repository.Sources("src")
            .Where(path => !path.StartsWith("src/Fairway.Linux/", StringComparison.Ordinal) && NativeImport().IsMatch(Text(path)))
            .Select(path => $"{path}: errno, EINTR and handle ownership are dealt with once, in Fairway.Linux");
        Assert.Empty(native);
    }

    [Fact]
    public void Programs_AreStarted_OnlyByTheCommandLine()
    {
        var starting = Repository.Sources("src")
            .Where(path => !path.StartsWith("src/Fairway.Cli/", StringComparison.Ordinal) && ProcessStart().IsMatch(Text(path)))
            .Select(path => $"{path}: starting a program costs 4 ms and its text output is no interface; use a syscall");
        Assert.Empty(starting);
    }

    [Fact]
    public void NetworkTools_AreNeverStarted()
    {
        var tools = Repository.Sources("src")
            .Where(path => ProcessStart().IsMatch(Text(path)) && NetworkTool().IsMatch(Text(path)))
            .Select(path => $"{path}: ip, nft, tc and their kin are not how Fairway talks to the kernel");
        Assert.Empty(tools);
    }

    [Fact]
    public void Namespaces_AreFileScoped()
    {
        var blocks = Repository.Sources("src").Concat(Repository.Sources("tests")).Where(path => BlockNamespace().IsMatch(Text(path)));
        Assert.Empty(blocks);
    }

    [Fact]
    public void PlansAndPlanner_DoNoInputOutput()
    {
        var impure = Repository.Sources("src/Fairway.Engine")
            .Where(path => path.Split('/') is [_, _, "Plan" or "Planning" or "Planner", ..] && Impure().IsMatch(Text(path)))
            .Select(path => $"{path}: a plan is a pure function of the store and KernelFeatures; no clock, no I/O, no probe");
        Assert.Empty(impure);
    }

    private static string Text(string path) => File.ReadAllText(Repository.PathOf(path));

    private const string TypeWords = @"(class|struct|interface|enum|record( class| struct)?|delegate\s+[\w<>\[\]?.]+)";

    [GeneratedRegex(@"^\s*(public|internal|private|protected|file)\s[^=;({""]*?\b" + TypeWords + @"\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^public\s[^=;({""]*?\b" + TypeWords + @"\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelPublicType();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utility|Utilities|Common|Info)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*\[(LibraryImport|DllImport)\(", RegexOptions.Multiline)]
    private static partial Regex NativeImport();

    [GeneratedRegex(@"\bnew ProcessStartInfo\b|\bProcess\.Start\(")]
    private static partial Regex ProcessStart();

    [GeneratedRegex(@"""(/usr)?(/s?bin/)?(ip|nft|tc|iptables|ip6tables|bpftool|ethtool|sysctl)[ ""]")]
    private static partial Regex NetworkTool();

    [GeneratedRegex(@"^namespace\s+[\w.]+\s*(\{|\r?\n\s*\{)", RegexOptions.Multiline)]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"\b(TimeProvider|DateTimeOffset\.UtcNow|File\.|Directory\.|Socket|HttpClient|SqliteConnection|Random)\b")]
    private static partial Regex Impure();
}
