using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Routes of a subnet beside its default one: those by the gateway are how it is, those by another router are routes in the switch.</summary>
internal static class SubnetRoutes
{
    /// <param name="subnet">The document.</param>
    /// <param name="gateway">The gateway its default route names, or null.</param>
    /// <param name="traits">Those of its network.</param>
    /// <param name="paths">Where origins are stated.</param>
    /// <param name="origin">JSON path of the subnet in the spec, and in the document.</param>
    /// <param name="findings">At the subnet.</param>
    public static ImmutableArray<SwitchRoute> Read(HcnSubnet subnet, IPAddress? gateway, NetworkTraits traits, PathMap paths, (string Spec, string Document) origin, FindingCollector findings)
    {
        var routes = ImmutableArray.CreateBuilder<SwitchRoute>();
        var usual = new List<(IPNetwork Destination, int Index)>();
        for (var i = 0; i < (subnet.Routes?.Count ?? 0); i++)
        {
            var here = findings.At("Routes", i);
            if (Refusals.IsDefault(subnet.Routes![i]) || Read(subnet.Routes[i], here) is not var (destination, hop)) continue;
            if (!traits.HasDefaultRoute)
                here.Add("networks of this type have no way out, and the route would lead nowhere; leave it out", HcnErrorCode.RequestUnsupported);
            else if (hop.Equals(gateway))
                usual.Add((destination, i));
            else
            {
                SwitchRoutePolicies.Origins(paths, $"{origin.Spec}.Routes[{routes.Count}]", $"{origin.Document}.Routes[{i}]");
                routes.Add(new SwitchRoute(destination, hop, traits.IsEncapsulated));
            }
        }
        foreach (var (destination, index) in usual.Where(way => routes.Any(route => route.Destination.Covers(way.Destination))))
            findings.At("Routes", index).Add($"the route to {destination} is an exception of one by another router, which this release has not; give that one for the prefixes beside it", HcnErrorCode.RequestUnsupported);
        return routes.ToImmutable();
    }

    private static (IPNetwork Destination, IPAddress Hop)? Read(HcnRoute route, FindingCollector here)
    {
        Refusals.Metric(route, here);
        if (!PrefixText.TryParse(route.DestinationPrefix, out var destination, out var error))
            here.At("DestinationPrefix").Add(error, HcnErrorCode.InvalidPrefix);
        if (!AddressText.TryParse(route.NextHop, out var hop, out var why))
            here.At("NextHop").Add(route.NextHop is null or "" ? "the route has no next hop; give the address of a router" : why, HcnErrorCode.InvalidIp);
        return error is null && hop is not null ? (destination, hop) : null;
    }
}
