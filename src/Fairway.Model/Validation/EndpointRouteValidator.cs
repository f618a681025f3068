using System.Collections.Immutable;
using Fairway.Model.Endpoints;

namespace Fairway.Model.Validation;

/// <summary>Routes beside the default route.</summary>
internal static class EndpointRouteValidator
{
    private const int Maximum = 256;

    public static void Validate(ImmutableArray<EndpointRoute> routes, FindingCollector findings)
    {
        if (routes.Length > Maximum) findings.At("Routes").Add($"{routes.Length} routes are too many; give at most {Maximum}");
        for (var i = 0; i < routes.Length; i++)
        {
            var route = routes[i];
            if (route.Destination.PrefixLength == 0)
                findings.At("Routes", i).Add("the default route is the network's business; leave it out");
            else if (routes.Take(i).Any(other => other == route))
                findings.At("Routes", i).Add($"the route to {route.Destination} is given twice");
        }
    }
}
