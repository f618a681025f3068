using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>What an endpoint's own translation, routes and proxy need of its network, and keeping it apart.</summary>
public static class EndpointWayValidator
{
    /// <summary>Everything wrong with them there; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(EndpointSpec spec, NetworkSpec network)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var findings = new FindingCollector();
        OutboundNatValidator.Validate(spec.OutboundNat, network, findings);
        SwitchRouteValidator.Validate(spec.SwitchRoutes, network, "SwitchRoutes", findings);
        ConnectionProxyValidator.Validate(spec, network, findings);
        if (spec.Apart && network.Traits.IsHairpin)
            findings.At("Apart").Add($"everything endpoints of network '{network.Name}' send goes to its next hop first, which decides who reaches whom; leave it out", HcnErrorCode.RequestUnsupported);
        return findings.Findings;
    }
}
