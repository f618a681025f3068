using System.Text.Json;
using System.Text.RegularExpressions;
using Fairway.Model.Errors;

namespace Fairway.Model.Json;

/// <summary>Turns the serializer's exceptions, written for .NET programmers, into an answer for whoever wrote the document.</summary>
internal static partial class JsonProblem
{
    /// <summary>The answer to a document the serializer could not read.</summary>
    public static FairwayException Explain(JsonException problem) => Refuse(ToFinding(problem), problem);

    /// <summary>The answer to a document with something wrong at a path.</summary>
    public static FairwayException Refuse(Finding finding, Exception? cause = null) =>
        new(ErrorKind.InvalidArgument, "request", $"read request: {finding.Path}: {finding.Message}", finding.HcnCode, cause) { Findings = [finding] };

    /// <summary>What the serializer found, where, and what to write instead.</summary>
    public static Finding ToFinding(JsonException problem) =>
        new(problem.Path ?? "$", Message(problem), (problem as ValueFormatException)?.HcnCode ?? HcnErrorCode.InvalidJson);

    private static string Message(JsonException problem)
    {
        if (problem is ValueFormatException) return problem.Message;
        var text = Location().Replace(problem.Message, "");
        if (Unmapped().Match(text) is { Success: true } unmapped)
            return $"'{unmapped.Groups["member"].Value}' is not a member of this document; correct its spelling or leave it out";
        if (Missing().Match(text) is { Success: true } missing)
            return $"{missing.Groups["members"].Value} must be given";
        if (Duplicate().Match(text) is { Success: true } duplicate)
            return $"'{duplicate.Groups["member"].Value}' is given twice; give it once";
        if (text.Contains("doesn't allow null", StringComparison.Ordinal))
            return "null is not a value here; leave the member out";
        if (text.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return $"the value is not {Expected(text, problem.InnerException?.Message)}";
        if (text.StartsWith("The input does not contain any JSON tokens", StringComparison.Ordinal))
            return "there is no document; send it as the request's body";
        // What is left are faults of syntax: the reader tells where it stopped, because no member may exist there.
        return problem.LineNumber is { } line ? $"line {line + 1}, byte {problem.BytePositionInLine + 1}: {text}" : text;
    }

    // Scalars are named by the inner exception, everything else by the type that could not be made.
    private static string Expected(string text, string? cause) => cause is null
        ? ArrayType().IsMatch(text) ? "an array" : "an object"
        : Scalar().Match(cause).Groups["kind"].Value switch
        {
            "string" => "a string",
            "boolean" => "true or false",
            "Byte" => "a whole number from 0 to 255",
            "UInt16" => "a whole number from 0 to 65535",
            "UInt32" or "UInt64" => "a whole number from 0 upwards",
            "Guid" => "a GUID like 7f0c3f52-2f0d-4a0e-9d3f-0c1d2e3f4a5b",
            "DateTimeOffset" => "a time like 2026-01-31T12:00:00Z",
            _ => "a whole number",
        };

    [GeneratedRegex(@" (Path: .*? \| )?LineNumber: \d+ \| BytePositionInLine: \d+\.$")]
    private static partial Regex Location();

    [GeneratedRegex("^The JSON property '(?<member>.*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (?<members>.*)\\.$")]
    private static partial Regex Missing();

    [GeneratedRegex("^Duplicate property '(?<member>.*)' encountered")]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"(as an?|for an?|supported) (?<kind>\w+)( format)?\.$")]
    private static partial Regex Scalar();

    [GeneratedRegex(@"converted to (System\.Collections\.(Immutable\.ImmutableArray|Generic\.IReadOnlyList)|.*\[\]\.$)")]
    private static partial Regex ArrayType();
}
