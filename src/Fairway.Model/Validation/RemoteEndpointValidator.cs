using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Model.Validation;

/// <summary>An endpoint of another host is told about, not made: everything about it is known, and nothing of it is here.</summary>
internal static class RemoteEndpointValidator
{
    public static void Validate(EndpointSpec spec, FindingCollector findings)
    {
        if (spec.ProviderAddress is not { } provider)
            return;
        findings.At("ProviderAddress").AddIf(OverlayValidator.CheckProvider(provider), HcnErrorCode.InvalidPolicy);
        if (spec.Addresses is [])
            findings.At("Addresses").Add("an endpoint of another host has its addresses from there; give them", HcnErrorCode.InvalidEndpoint);
        if (spec.MacAddress is null)
            findings.At("MacAddress").Add("an endpoint of another host has its MAC from there; give it", HcnErrorCode.InvalidEndpoint);
        if (spec.NamespaceId is not null || spec.HandedOver)
            findings.At("NamespaceId").Add("an endpoint of another host is in no namespace of this one; leave it out", HcnErrorCode.EndpointNotLocal);
        if (spec.Publications is not [])
            findings.At("Publications").Add("ports of another host's endpoint are published there; leave them out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.Rules is not [])
            findings.At("Rules").Add("access rules of another host's endpoint are asked there; leave them out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.OutboundNat is not [])
            findings.At("OutboundNat").Add("packets of another host's endpoint are translated there; leave it out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.SwitchRoutes is not [])
            findings.At("SwitchRoutes").Add("packets of another host's endpoint are routed there; leave the routes out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.Bandwidth is not null)
            findings.At("Bandwidth").Add("another host's endpoint is limited there; leave the limits out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.Apart)
            findings.At("Apart").Add("another host's endpoint is kept apart there; leave it out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.Mtu is not null)
            findings.At("Mtu").Add("the MTU of another host's endpoint is set there; leave it out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.PortName is not null)
            findings.At("PortName").Add("another host's endpoint has its link there; leave the name out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.EncapOverhead is not null)
            findings.At("EncapOverhead").Add("the MTU of another host's endpoint is set there; leave it out", HcnErrorCode.InvalidRemoteEndpointOperation);
    }
}
