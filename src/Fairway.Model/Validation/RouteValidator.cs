using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Routes;

namespace Fairway.Model.Validation;

/// <summary>What is wrong with a route, looked at by itself.</summary>
public static class RouteValidator
{
    /// <summary>The most endpoints of one route.</summary>
    public const int MostEndpoints = 1024;

    /// <summary>Everything wrong with a route; empty when nothing is.</summary>
    /// <param name="spec">What is asked.</param>
    public static ImmutableArray<Finding> Validate(RouteSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var findings = new FindingCollector();
        if (spec.Name is { } name)
            findings.At("Name").AddIf(ResourceName.Check(name));
        if (spec.Routes.IsEmpty)
            findings.At("Routes").Add("the route leads nowhere; give a prefix and its next hop", HcnErrorCode.InvalidPolicy);
        SwitchRouteValidator.Validate(spec.Routes, "Routes", findings);
        if (spec.Endpoints.Length > MostEndpoints)
            findings.At("Endpoints").Add($"{spec.Endpoints.Length} endpoints are too many; give at most {MostEndpoints}", HcnErrorCode.InvalidPolicy);
        var seen = new HashSet<Guid>();
        for (var i = 0; i < spec.Endpoints.Length; i++)
        {
            if (!seen.Add(spec.Endpoints[i]))
                findings.At("Endpoints", i).Add($"endpoint {spec.Endpoints[i]:D} is given twice; give it once", HcnErrorCode.InvalidPolicy);
        }
        return findings.Findings;
    }
}
