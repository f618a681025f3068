using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Validation;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>Static routes of Podman's networks: those by the network's own gateway, which say what a container on several networks sends this way.</summary>
internal static class RouteTranslation
{
    // What netavark gives a route that has none.
    private const uint DefaultMetric = 100;

    public static ImmutableArray<EndpointRoute> ToRoutes(NetworkDocument network, FindingCollector findings) =>
        [.. (network.Routes ?? []).Select((route, i) => ToRoute(network, route, findings.At("routes", i))).OfType<EndpointRoute>()];

    private static EndpointRoute? ToRoute(NetworkDocument network, RouteDocument route, FindingCollector findings)
    {
        if (!PrefixText.TryParse(route.Destination ?? "", out IPNetwork destination, out var wrong))
            findings.At("destination").Add(wrong);
        else if (network.Internal)
            findings.Add($"network '{network.Name}' is internal and has static routes, which would lead nowhere; leave --route out");
        else if (!AddressText.TryParse(route.Gateway ?? "", out var gateway, out wrong))
            findings.At("gateway").Add(wrong);
        else if (!(network.Subnets ?? []).Any(subnet => IPAddress.TryParse(subnet.Gateway, out var own) && own.Equals(gateway)))
            findings.At("gateway").Add($"network '{network.Name}' has a static route by {gateway}, which is not its gateway; containers are no routers for each other on Fairway's networks: use the network's own gateway");
        else
            return new EndpointRoute(destination, route.Metric ?? DefaultMetric);
        return null;
    }
}
