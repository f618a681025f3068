using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Errors;

namespace Fairway.Model.Hcn.V1;

/// <summary>Every answer of HNS: <c>HNSCall</c> hands it to the client as it is.</summary>
public sealed record HnsResponse
{
    /// <summary>Whether it was done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Success { get; init; }
    /// <summary>What went wrong, or null.</summary>
    public string? Error { get; init; }
    /// <summary>The HRESULT of what went wrong, signed as hcsshim reads it, or null.</summary>
    public int? ErrorCode { get; init; }
    /// <summary>Everything wrong with the request, with JSON paths; Fairway's own.</summary>
    public IReadOnlyList<HnsFinding>? Findings { get; init; }
    /// <summary>The document asked for, or a list of them; null when there is none.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>The answer for an error.</summary>
    /// <param name="document">The same as on other paths.</param>
    public static HnsResponse Of(ErrorDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new HnsResponse
        {
            Error = document.Error,
            // hcsshim reads the code into an int32, which no HRESULT of an error fits into unsigned.
            ErrorCode = unchecked((int)document.ErrorCode),
            Findings = document.Findings.IsEmpty ? null : [.. document.Findings.Select(finding => new HnsFinding(finding.Path, finding.Message))],
        };
    }
}
