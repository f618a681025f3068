using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>What can be said about an endpoint's spec without looking at its network or the host.</summary>
public static class EndpointSpecValidator
{
    /// <summary>Everything wrong with a spec; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(EndpointSpec spec)
    {
        var findings = new FindingCollector();
        Validate(spec, findings);
        return findings.Findings;
    }

    /// <summary>Adds everything wrong with a spec.</summary>
    public static void Validate(EndpointSpec spec, FindingCollector findings)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(findings);
        if (spec.Name is not null) findings.At("Name").AddIf(ResourceName.Check(spec.Name), HcnErrorCode.InvalidEndpoint);
        if (spec.NetworkId == Guid.Empty) findings.At("NetworkId").Add("the endpoint names no network; give the network's id", HcnErrorCode.NetworkNotFound);
        if (spec.NamespaceId == Guid.Empty) findings.At("NamespaceId").Add("the namespace id is all zero; give the namespace's id or leave it out", HcnErrorCode.InvalidEndpoint);
        if (spec.NamespaceId is not null && spec.HandedOver)
            findings.At("HandedOver").Add("an endpoint that is handed over is put into its namespace by the engine; leave the namespace out", HcnErrorCode.InvalidEndpoint);
        findings.At("InterfaceName").AddIf(InterfaceName.Check(spec.InterfaceName), HcnErrorCode.InvalidEndpoint);
        EndpointAddressValidator.Validate(spec.Addresses, findings);
        EndpointAddressValidator.Validate(spec.MacAddress, findings);
        RemoteEndpointValidator.Validate(spec, findings);
        VirtualNicValidator.Validate(spec, findings);
        PublicationValidator.Validate(spec.Publications, "Publications", findings);
        AliasValidator.Validate(spec.Aliases, findings);
        findings.At("PortName").AddIf(spec.PortName is { } port ? PortName.Check(port) : null, HcnErrorCode.InvalidPolicy);
        DnsSettingsValidator.Validate(spec.Dns, findings.At("Dns"));
        EndpointRouteValidator.Validate(spec.Routes, findings);
        OutboundNatValidator.Validate(spec.OutboundNat, findings);
        SwitchRouteValidator.Validate(spec.SwitchRoutes, "SwitchRoutes", findings);
        SidecarValidator.Validate(spec, findings);
        ConnectionProxyValidator.Validate(spec, findings);
        BandwidthValidator.Validate(spec.Bandwidth, findings.At("Bandwidth"));
        if (spec.Bandwidth is not null && spec.HandedOver)
            findings.At("Bandwidth").Add("an endpoint that is handed over has its inside end where the engine put it; leave the limits out");
        if (spec.Owner is { } owner) OwnerValidator.Validate(owner, findings.At("Owner"));
    }
}
