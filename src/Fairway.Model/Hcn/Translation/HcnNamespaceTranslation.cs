using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Namespaces;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>HostComputeNamespace to and from namespaces of ours. docs/spec/hcn.md says what of a document is honoured.</summary>
public static class HcnNamespaceTranslation
{
    /// <summary>The spec a document asks for; it carries the document, so that everything in it is returned.</summary>
    /// <exception cref="FairwayException">The document is wrong, or asks for what this release does not do; every finding is in it.</exception>
    public static NamespaceSpec ToSpec(HostComputeNamespace document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var findings = new FindingCollector();
        Refuse(document, findings);
        var spec = new NamespaceSpec
        {
            Id = document.Id ?? document.NamespaceGuid ?? Guid.Empty,
            Name = document.Name is "" ? null : document.Name,
            Path = NetnsPath(document, findings),
            CompartmentId = document.NamespaceId ?? 0,
            Guest = document.Type is NamespaceType.Guest or NamespaceType.GuestDefault,
            Document = HcnJson.Write(document),
        };
        Paths().Report(NamespaceSpecValidator.Validate(spec), findings);
        var subject = Subject.Of("namespace", document.Name);
        FairwayException.ThrowIfAny($"create {subject}", subject, findings.Findings);
        return spec;
    }

    /// <summary>An answer to the spec as an answer to the document it came from: its findings name the document's members.</summary>
    /// <param name="problem">What creating the namespace answered.</param>
    public static FairwayException Explain(FairwayException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Paths().Explain(problem);
    }

    /// <summary>The document as HNS would return it: as received, completed by what the service knows.</summary>
    /// <param name="compartment">A stored namespace.</param>
    /// <param name="asked">The schema version a query asks for, or null.</param>
    public static HostComputeNamespace ToDocument(NetworkNamespace compartment, SchemaVersion? asked = null)
    {
        ArgumentNullException.ThrowIfNull(compartment);
        var spec = compartment.Spec;
        var received = spec.Document is { } json ? HcnJson.ReadStored<HostComputeNamespace>(json) : new HostComputeNamespace();
        return received with
        {
            Id = spec.Id,
            Name = spec.Name,
            NamespaceId = spec.CompartmentId,
            NamespaceGuid = spec.Id,
            Type = received.Type ?? (spec.Guest ? NamespaceType.Guest : NamespaceType.Host),
            Resources = [.. compartment.Endpoints.Select(Resource)],
            AdditionalParams = AdditionalParams.With(received.AdditionalParams, new NamespaceAdditionalParams { NetnsPath = spec.Path }),
            Health = HealthTranslation.Healthy(received.Health),
            SchemaVersion = SchemaVersions.Answer(asked, received.SchemaVersion),
        };
    }

    private static PathMap Paths()
    {
        var paths = new PathMap();
        paths.Add("$.Id", "$.ID");
        paths.Add("$.Path", "$.AdditionalParams.NetnsPath");
        paths.Add("$.CompartmentId", "$.NamespaceId");
        return paths;
    }

    private static void Refuse(HostComputeNamespace document, FindingCollector findings)
    {
        Refusals.SchemaVersion(document.SchemaVersion, findings);
        if (document.Resources is { Count: > 0 })
            findings.At("Resources").Add("resources are not taken on create; create the namespace, then add endpoints by modify", HcnErrorCode.RequestUnsupported);
        if (document.CreateWithCompartment == false)
            findings.At("CreateWithCompartment").Add("a namespace without a compartment does not exist here; leave the member out", HcnErrorCode.RequestUnsupported);
        if (document.NamespaceGuid is { } guid && guid != Guid.Empty && document.Id is { } id && id != guid)
            findings.At("NamespaceGuid").Add("the GUID differs from the ID, and both name this namespace; give one of them", HcnErrorCode.GuidConversionFailure);
    }

    private static string? NetnsPath(HostComputeNamespace document, FindingCollector findings) =>
        document.AdditionalParams is { ValueKind: not JsonValueKind.Null } given
            ? HcnJson.ReadElement<NamespaceAdditionalParams>(given, findings.At("AdditionalParams"))?.NetnsPath
            : null;

    private static NamespaceResource Resource(Guid endpoint) => new()
    {
        Type = NamespaceResourceType.Endpoint,
        Data = new NamespaceResourceData { Id = HcnId.Format(endpoint) },
    };
}
