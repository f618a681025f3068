namespace Fairway.Architecture.Tests;

public sealed class SizeTests
{
    private const int ProductionLimit = 800;
    private const int TestLimit = 1200;
    private const int ProgramLimit = 60;
    private const int CompositionRootLimit = 200;
    private const int MedianLimit = 80;

    [Fact]
    public void EveryFile_IsWithinItsLimit_OrListedAsDebt()
    {
        var debt = Debt.Read();
        var tooLong = Files()
            .Select(path => (Path: path, Lines: Lines(path), Limit: debt.TryGetValue(path, out var entry) ? entry.Lines : Limit(path)))
            .Where(file => file.Lines > file.Limit)
            .Select(file => $"{file.Path}: {file.Lines} lines, limit {file.Limit}; split it by what changes together");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Debt_IsStillOwed()
    {
        var paid = Debt.Read().Keys.Where(path => !File.Exists(Repository.PathOf(path)) || Lines(path) <= Limit(path));
        Assert.Empty(paid.Select(path => $"{path} is within its limit or gone: take it off {Debt.File}"));
    }

    [Fact]
    public void MedianProductionFile_IsShort()
    {
        var sizes = Repository.Sources("src").Select(Lines).Order().ToList();
        Assert.InRange(sizes[sizes.Count / 2], 1, MedianLimit);
    }

    private static IEnumerable<string> Files() => Repository.Sources("src").Concat(Repository.Sources("tests"));

    private static int Lines(string path) => File.ReadLines(Repository.PathOf(path)).Count();

    private static int Limit(string path) =>
        path.StartsWith("tests/", StringComparison.Ordinal) ? TestLimit
        : Path.GetFileName(path) == "Program.cs" ? ProgramLimit
        : path.StartsWith("src/Fairway.Daemon/", StringComparison.Ordinal) ? CompositionRootLimit
        : ProductionLimit;
}
