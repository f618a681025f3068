using Fairway.Model.Errors;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Namespaces;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>Namespaces of schema 1 to and from ours.</summary>
public static class HnsNamespaces
{
    /// <summary>The spec a request to create one asks for.</summary>
    /// <exception cref="FairwayException">It asks for what this release does not do; every finding is in it.</exception>
    public static NamespaceSpec ToSpec(HnsNamespace request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var findings = new FindingCollector();
        if (request.IsDefault is true)
            findings.At("IsDefault").Add("the host's own namespace is not one of Fairway's; leave the member out", HcnErrorCode.RequestUnsupported);
        if (request.ResourceList is { Count: > 0 })
            findings.At("ResourceList").Add("resources are not taken on create; create the namespace, then add endpoints by addresource", HcnErrorCode.RequestUnsupported);
        FairwayException.ThrowIfAny("create namespace", "namespace", findings.Findings);
        return HcnNamespaceTranslation.ToSpec(new HostComputeNamespace { Id = request.Id, NamespaceId = request.CompartmentId, Unknown = request.Unknown });
    }

    /// <summary>The document.</summary>
    /// <param name="compartment">A stored namespace.</param>
    public static HnsNamespace Write(NetworkNamespace compartment)
    {
        ArgumentNullException.ThrowIfNull(compartment);
        var document = HcnNamespaceTranslation.ToDocument(compartment);
        return new HnsNamespace
        {
            Id = document.Id,
            ResourceList = document.Resources is { Count: > 0 } resources ? resources : null,
            CompartmentId = document.NamespaceId,
            Unknown = document.Unknown,
        };
    }
}
