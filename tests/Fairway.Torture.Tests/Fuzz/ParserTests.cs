using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Fuzz;

/// <summary>
/// Coverage-guided: inputs that reach branches no other reached are kept and changed further. What breaks a reader is saved, and belongs into the
/// corpus with the repair.
/// </summary>
public sealed class ParserTests(ParserTests.Setup setup) : IClassFixture<ParserTests.Setup>
{
    private const double SecondsByDefault = 3;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Reader_OfAnything_ReadsOrRefuses(string target)
    {
        Random random = Run.Chance(target);
        var mutator = new Mutator(random);
        using var coverage = new Coverage();
        List<byte[]> pool = Corpus.Read(target);
        int given = pool.Count;
        foreach (byte[] input in pool)
            Try(target, input, coverage);
        int begun = coverage.Seen;
        long start = TimeProvider.System.GetTimestamp(), runs = 0;
        for (; TimeProvider.System.GetElapsedTime(start) < Run.Share(SecondsByDefault); runs++)
        {
            // The newest found are the most promising.
            int pick = random.Next(2) == 0 ? random.Next(pool.Count) : pool.Count - 1 - random.Next(Math.Min(pool.Count, 16));
            byte[] input = mutator.Change(pool[pick], pool[random.Next(pool.Count)]);
            if (!Try(target, input, coverage))
                continue;
            pool.Add(input);
            Corpus.Keep(target, input);
        }
        Run.Tell($"{target}: {runs} inputs, {begun} branches by the {given} kept ones, {coverage.Seen} with {pool.Count - given} found");
        Assert.True(begun > 20, $"{begun} branches: '{target}' is not instrumented");
    }

    /// <summary>Whether it reached something new.</summary>
    private bool Try(string target, byte[] input, Coverage coverage)
    {
        coverage.Begin();
        try
        {
            setup.Instrumented.Run(target, input);
        }
        catch (Exception defect)
        {
            Assert.Fail($"'{target}' throws {defect.GetType().Name} for '{Corpus.Save(target, input)}' (seed {Run.Seed}):\n{defect}");
        }
        return coverage.IsNews();
    }

    public sealed class Setup : IDisposable
    {
        internal Instrumented Instrumented { get; } = new();

        public void Dispose() => Instrumented.Dispose();
    }
}
