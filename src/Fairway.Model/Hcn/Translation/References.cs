using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Ids by which documents name other resources.</summary>
internal static class References
{
    /// <summary>The id of a network; null, with a finding, when it is none.</summary>
    public static Guid? Network(string text, FindingCollector findings) => Id(text, "a network", HcnErrorCode.NetworkNotFound, findings);

    /// <summary>The ids of endpoints.</summary>
    public static ImmutableArray<Guid> Endpoints(IReadOnlyList<string>? endpoints, string member, FindingCollector findings) =>
        [.. (endpoints ?? []).Select((text, index) => Id(text, "an endpoint", HcnErrorCode.EndpointNotFound, findings.At(member, index)) ?? Guid.Empty)];

    private static Guid? Id(string text, string kind, uint code, FindingCollector findings)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        findings.Add($"'{text}' is no id of {kind}; give its GUID", code);
        return null;
    }
}
