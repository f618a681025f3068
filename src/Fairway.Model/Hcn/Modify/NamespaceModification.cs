using Fairway.Model.Errors;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of a namespace this release can make: an endpoint enters it or leaves it.</summary>
/// <param name="IsAttach">True when the endpoint enters.</param>
/// <param name="EndpointId">The endpoint.</param>
public sealed record NamespaceModification(bool IsAttach, Guid EndpointId)
{
    /// <summary>Reads a ModifyNamespaceSettingRequest.</summary>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported, with every finding.</exception>
    public static NamespaceModification Read(ReadOnlySpan<byte> json)
    {
        var request = HcnJson.Read<ModifyNamespaceSettingRequest>(json);
        var findings = new FindingCollector();
        if (request.ResourceType != NamespaceResourceType.Endpoint)
            findings.At("ResourceType").Add($"resource type {request.ResourceType?.ToString() ?? "(missing)"} cannot be changed in this release; namespaces have Endpoint", HcnErrorCode.RequestUnsupported);
        if (request.RequestType is not (ModifyRequestType.Add or ModifyRequestType.Remove))
            findings.At("RequestType").Add($"request type {request.RequestType?.ToString() ?? "(missing)"} is not one of a namespace's; use Add or Remove", HcnErrorCode.RequestUnsupported);
        var endpoint = HcnJson.ReadElement<NamespaceEndpointRequest>(request.Settings, findings.At("Settings"));
        if (endpoint is not null && (endpoint.EndpointId ?? Guid.Empty) == Guid.Empty)
            findings.At("Settings").At("EndpointId").Add("the endpoint is missing; give its id", HcnErrorCode.EndpointNotFound);
        FairwayException.ThrowIfAny("modify namespace", "namespace", findings.Findings);
        return new NamespaceModification(request.RequestType == ModifyRequestType.Add, endpoint!.EndpointId!.Value);
    }
}
