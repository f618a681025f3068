using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Requests;

namespace Fairway.Model.Validation;

/// <summary>What can be said about requests to create or attach an endpoint without looking at the host.</summary>
public static class EndpointRequestValidator
{
    /// <summary>Everything wrong with a request to create; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(CreateEndpointRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var findings = new FindingCollector();
        if (request.Name is not null) findings.At("Name").AddIf(ResourceName.Check(request.Name), HcnErrorCode.InvalidEndpoint);
        findings.At("Network").AddIf(ReferenceText.Check("network", request.Network), HcnErrorCode.NetworkNotFound);
        CheckTarget(request.Namespace, request.NetnsPath, findings);
        VirtualNicValidator.Validate(request, findings);
        if (request.InterfaceName is not null) findings.At("InterfaceName").AddIf(InterfaceName.Check(request.InterfaceName), HcnErrorCode.InvalidEndpoint);
        EndpointAddressValidator.Validate(request.Addresses, findings);
        EndpointAddressValidator.Validate(request.MacAddress, findings);
        PublicationValidator.Validate(request.Publications, "Publications", findings);
        AliasValidator.Validate(request.Aliases, findings);
        OutboundNatValidator.Validate(request.OutboundNat, findings);
        SwitchRouteValidator.Validate(request.SwitchRoutes, "SwitchRoutes", findings);
        BandwidthValidator.Validate(request.Bandwidth, findings.At("Bandwidth"));
        if (request.Dns is { } dns) DnsSettingsValidator.Validate(dns, findings.At("Dns"));
        if (request.Owner is { } owner) OwnerValidator.Validate(owner, findings.At("Owner"));
        return findings.Findings;
    }

    /// <summary>Everything wrong with a request to attach; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(AttachEndpointRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var findings = new FindingCollector();
        CheckTarget(request.Namespace, request.NetnsPath, findings);
        if (request is { Namespace: null, NetnsPath: null })
            findings.At("Namespace").Add("the request names no namespace; give Namespace or NetnsPath", HcnErrorCode.NamespaceAttachFailed);
        if (request.InterfaceName is not null) findings.At("InterfaceName").AddIf(InterfaceName.Check(request.InterfaceName), HcnErrorCode.InvalidEndpoint);
        return findings.Findings;
    }

    private static void CheckTarget(string? reference, string? path, FindingCollector findings)
    {
        if (reference is not null) findings.At("Namespace").AddIf(ReferenceText.Check("namespace", reference), HcnErrorCode.NamespaceAttachFailed);
        if (path is not null) findings.At("NetnsPath").AddIf(NetnsPath.Check(path), HcnErrorCode.NamespaceAttachFailed);
        if (reference is not null && path is not null)
            findings.At("NetnsPath").Add("both Namespace and NetnsPath are given; give one of them", HcnErrorCode.NamespaceAttachFailed);
    }
}
