using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>What can be said about a description without looking at the endpoint.</summary>
public static class EndpointDescriptionValidator
{
    /// <summary>Everything wrong with a description; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(EndpointDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var findings = new FindingCollector();
        findings.At("Name").AddIf(ResourceName.Check(description.Name), HcnErrorCode.InvalidEndpoint);
        AliasValidator.Validate(description.Aliases, findings);
        OwnerValidator.Validate(description.Owner, findings.At("Owner"));
        return findings.Findings;
    }
}
