using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of an endpoint this release can make: of its port mappings.</summary>
/// <param name="RequestType">Add, Remove or Update; Update replaces them all.</param>
/// <param name="Publications">The port mappings given.</param>
public sealed record EndpointModification(ModifyRequestType RequestType, ImmutableArray<PortPublication> Publications)
{
    /// <summary>Reads a ModifyEndpointSettingRequest.</summary>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported, with every finding.</exception>
    public static EndpointModification Read(ReadOnlySpan<byte> json)
    {
        var request = HcnJson.Read<ModifyEndpointSettingRequest>(json);
        var findings = new FindingCollector();
        if (request.ResourceType != EndpointResourceType.Policy)
            findings.At("ResourceType").Add($"resource type {request.ResourceType?.ToString() ?? "(missing)"} cannot be changed in this release; endpoints have Policy", HcnErrorCode.RequestUnsupported);
        if (request.RequestType is not (ModifyRequestType.Add or ModifyRequestType.Remove or ModifyRequestType.Update))
            findings.At("RequestType").Add($"request type {request.RequestType?.ToString() ?? "(missing)"} is not one of an endpoint's policies; use Add, Remove or Update", HcnErrorCode.RequestUnsupported);
        var settings = findings.At("Settings");
        var policies = request.ResourceType == EndpointResourceType.Policy ? HcnJson.ReadElement<PolicyEndpointRequest>(request.Settings, settings) : null;
        var publications = PortMappings.ToPublications(policies?.Policies ?? [], new PathMap(), settings);
        FairwayException.ThrowIfAny("modify endpoint", "endpoint", findings.Findings);
        return new EndpointModification(request.RequestType!.Value, publications);
    }

    /// <summary>What has to be withdrawn from an endpoint and published anew for the change; what stays is in neither.</summary>
    /// <param name="endpoint">The endpoint as it is.</param>
    public (ImmutableArray<PortPublication> Withdraw, ImmutableArray<PortPublication> Publish) For(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var present = endpoint.Spec.Publications;
        return RequestType switch
        {
            ModifyRequestType.Add => ([], Publications),
            ModifyRequestType.Remove => (Publications, []),
            _ => ([.. present.Where(old => !Publications.Any(wanted => wanted.IsSame(old)))],
                [.. Publications.Where(wanted => !present.Any(old => wanted.IsSame(old)))]),
        };
    }
}
