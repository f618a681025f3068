using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>
/// Where the members of a spec came from in the document it was translated from, so that findings about the spec name what the
/// client wrote: <c>$.Subnets[1].Gateway</c> was <c>$.Ipams[0].Subnets[1].Routes[0].NextHop</c>.
/// </summary>
internal sealed class PathMap
{
    private readonly List<(string Spec, string Document)> _origins = [];

    /// <summary>States that everything below one path came from below another; the longest path that fits counts.</summary>
    public void Add(string spec, string document) => _origins.Add((spec, document));

    /// <summary>Adds findings about a spec, at the document's paths.</summary>
    public void Report(ImmutableArray<Finding> findings, FindingCollector document)
    {
        foreach (var finding in findings) document.AddBelow(AtOrigin(finding));
    }

    /// <summary>The same answer with its findings at the document's paths.</summary>
    public FairwayException Explain(FairwayException problem) =>
        new(problem.Kind, problem.Subject, problem.Message, problem.HcnCode, problem) { Findings = [.. problem.Findings.Select(AtOrigin)] };

    private Finding AtOrigin(Finding finding) => finding with { Path = Origin(finding.Path) };

    private string Origin(string path)
    {
        var best = ("", "");
        foreach (var origin in _origins)
            if (path.StartsWith(origin.Spec, StringComparison.Ordinal) && origin.Spec.Length > best.Item1.Length) best = origin;
        return best.Item2 + path[best.Item1.Length..];
    }
}
