using System.Collections.Immutable;
using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>What can be said about an engine's attach and detach without looking at the host.</summary>
public static class AttachRequestValidator
{
    /// <summary>Everything wrong with a request to attach; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(AttachRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var findings = new FindingCollector();
        findings.At("Network").AddIf(ReferenceText.Check("network", request.Network), HcnErrorCode.NetworkNotFound);
        if (request.Endpoint is not null) findings.At("Endpoint").AddIf(ResourceName.Check(request.Endpoint), HcnErrorCode.InvalidEndpoint);
        findings.At("NetnsPath").AddIf(NetnsPath.Check(request.NetnsPath), HcnErrorCode.NamespaceAttachFailed);
        findings.At("InterfaceName").AddIf(InterfaceName.Check(request.InterfaceName), HcnErrorCode.InvalidEndpoint);
        EndpointAddressValidator.Validate(request.Addresses, findings);
        EndpointAddressValidator.Validate(request.MacAddress, findings);
        PublicationValidator.Validate(request.Publish, "Publish", findings);
        AliasValidator.Validate(request.Aliases, findings);
        DnsSettingsValidator.Validate(request.Dns, findings.At("Dns"));
        EndpointRouteValidator.Validate(request.Routes, findings);
        BandwidthValidator.Validate(request.Bandwidth, findings.At("Bandwidth"));
        if (request.Owner is { } owner) OwnerValidator.Validate(owner, findings.At("Owner"));
        return findings.Findings;
    }

    /// <summary>Everything wrong with a request to detach; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(DetachRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var findings = new FindingCollector();
        OwnerValidator.Validate(request.Owner, findings.At("Owner"));
        if (request.InterfaceName is not null) findings.At("InterfaceName").AddIf(InterfaceName.Check(request.InterfaceName));
        if (request.Network is not null) findings.At("Network").AddIf(ReferenceText.Check("network", request.Network), HcnErrorCode.NetworkNotFound);
        return findings.Findings;
    }
}
