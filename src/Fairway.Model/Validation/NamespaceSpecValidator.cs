using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Namespaces;

namespace Fairway.Model.Validation;

/// <summary>What can be said about a namespace's spec without looking at the host.</summary>
public static class NamespaceSpecValidator
{
    /// <summary>Everything wrong with a spec; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(NamespaceSpec spec)
    {
        var findings = new FindingCollector();
        Validate(spec, findings);
        return findings.Findings;
    }

    /// <summary>Adds everything wrong with a spec.</summary>
    public static void Validate(NamespaceSpec spec, FindingCollector findings)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(findings);
        if (spec.Name is not null) findings.At("Name").AddIf(ResourceName.Check(spec.Name));
        if (spec.Path is not null) findings.At("Path").AddIf(NetnsPath.Check(spec.Path), HcnErrorCode.NamespaceAttachFailed);
        if (spec is { Guest: true, Path: not null }) findings.At("Path").Add("the inside of a virtual machine has no path on the host; leave it out", HcnErrorCode.InvalidArgument);
        if (spec.CompartmentId == 1) findings.At("CompartmentId").Add("compartment 1 is the host's; leave the number out, the service picks one");
    }
}
