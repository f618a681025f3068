using System.Collections.Immutable;
using Fairway.Model.Errors;

namespace Fairway.Model.Tests.Validation;

/// <summary>Compares findings as text, one a line: <c>path: message</c>.</summary>
internal static class Expect
{
    public static void Findings(ImmutableArray<Finding> findings, params string[] expected) =>
        Assert.Equal(expected, findings.Select(finding => $"{finding.Path}: {finding.Message}"));

    public static void Finding(ImmutableArray<Finding> findings, string expected, uint? hcnCode)
    {
        Findings(findings, expected);
        Assert.Equal(hcnCode, findings[0].HcnCode);
    }
}
