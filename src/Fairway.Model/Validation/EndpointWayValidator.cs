using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>What an endpoint's own translation and routes need of its network.</summary>
public static class EndpointWayValidator
{
    /// <summary>Everything wrong with them there; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(EndpointSpec spec, NetworkSpec network)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var findings = new FindingCollector();
        OutboundNatValidator.Validate(spec.OutboundNat, network, findings);
        SwitchRouteValidator.Validate(spec.SwitchRoutes, network, "SwitchRoutes", findings);
        return findings.Findings;
    }
}
