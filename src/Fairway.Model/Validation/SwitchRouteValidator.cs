using System.Collections.Immutable;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>Routes in the switch.</summary>
public static class SwitchRouteValidator
{
    /// <summary>Routes of one endpoint, or of one route resource.</summary>
    public const int MostRoutes = 256;

    /// <summary>Adds what is wrong with routes on a network.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="network">The network of the endpoints they are for.</param>
    /// <param name="member">Name of the member that holds them.</param>
    /// <param name="findings">At the object that has the member.</param>
    public static void Validate(ImmutableArray<SwitchRoute> routes, NetworkSpec network, string member, FindingCollector findings)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(findings);
        for (var i = 0; i < routes.Length; i++)
        {
            var here = findings.At(member, i);
            here.AddIf(CheckKind(network), HcnErrorCode.InvalidPolicy);
            if (network.Traits.IsEncapsulated != routes[i].Encapsulate)
                here.At("Encapsulate").Add(routes[i].Encapsulate
                    ? $"network '{network.Name}' is {network.Type.ToString().ToLowerInvariant()} and encapsulates nothing; leave NeedEncap out"
                    : $"what leaves an endpoint of overlay network '{network.Name}' for a next hop is encapsulated; set NeedEncap", HcnErrorCode.InvalidPolicy);
            if (!network.Traits.IsEncapsulated && network.Traits.IsTranslated && network.Subnets.FirstOrDefault(subnet => subnet.Prefix.Covers(routes[i].NextHop)) is { } own)
                here.At("NextHop").Add($"next hop {routes[i].NextHop} is in the network's own subnet {own.Prefix}, whose endpoints route nothing; give a neighbour of the host", HcnErrorCode.AddressInvalidOrReserved);
        }
    }

    internal static void Validate(ImmutableArray<SwitchRoute> routes, string member, FindingCollector findings)
    {
        if (routes.Length > MostRoutes)
            findings.At(member).Add($"{routes.Length} routes are too many; give at most {MostRoutes}", HcnErrorCode.InvalidPolicy);
        for (var i = 0; i < routes.Length; i++)
        {
            var (route, here) = (routes[i], findings.At(member, i));
            if (route.NextHop.AddressFamily != route.Destination.Family)
                here.At("NextHop").Add($"next hop {route.NextHop} is not of the family of {route.Destination}; give one that is", HcnErrorCode.InvalidIp);
            else if (ReservedPrefixes.Holding(route.NextHop) is { } reserved)
                here.At("NextHop").Add($"next hop {route.NextHop} belongs to {reserved}; give the address of a router", HcnErrorCode.AddressInvalidOrReserved);
            if (routes.Take(i).Any(other => other.Destination == route.Destination))
                here.At("Destination").Add($"the route to {route.Destination} is given twice; give it once", HcnErrorCode.PolicyAlreadyExists);
        }
    }

    private static string? CheckKind(NetworkSpec network)
    {
        if (network.Traits.IsTranslated || network.Traits.IsEncapsulated || network.Traits is { HasOneMac: true, IsHairpin: false } && network.Vlan is null)
            return null;
        return network.Vlan is not null
            ? $"network '{network.Name}' is on VLAN {network.Vlan}, where the switch has no routes; leave the route out"
            : $"network '{network.Name}' is {network.Type.ToString().ToLowerInvariant()}, for which the switch has no routes; use one of type Nat, Overlay or L2Bridge";
    }
}
