using System.Net;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Whether networks and the rest of the world want the same addresses.</summary>
internal static class AddressCheck
{
    private const string Name = "addresses";

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        if (host.Daemon is null)
            return [];
        var overlaps = (from network in host.Daemon.Networks
                        from subnet in network.Spec.Subnets
                        from route in host.Routes
                        where route.Destination.PrefixLength > 0 && Overlap(subnet.Prefix, route.Destination)
                        select CheckResult.Warn(Name,
                            $"network '{network.Spec.Name}' ({subnet.Prefix}) overlaps what this host reaches through {route.Link ?? "a route"} ({route.Destination}): whoever is in both is found in the network only",
                            "recreate the network with another --subnet, or take the route away")).ToList();
        return overlaps.Count > 0 ? overlaps : [CheckResult.Ok(Name, "no network overlaps what this host has routes to")];
    }

    private static bool Overlap(IPNetwork a, IPNetwork b) =>
        a.BaseAddress.AddressFamily == b.BaseAddress.AddressFamily && (a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress));
}
