namespace Fairway.Architecture.Tests;

/// <summary>Asserts that nothing was found, and prints every finding whole: Assert.Empty cuts each to fifty characters.</summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:\n{string.Join('\n', all)}");
    }
}
