using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>The subnets of one network: each on its own, and against each other.</summary>
internal static class SubnetValidator
{
    public static void Validate(NetworkSpec spec, FindingCollector findings)
    {
        if (spec.Subnets.Length > NetworkSpecValidator.MaximumSubnets)
            findings.At("Subnets").Add($"{spec.Subnets.Length} subnets are too many; a network has at most {NetworkSpecValidator.MaximumSubnets}", HcnErrorCode.InvalidSubnet);
        for (var i = 0; i < spec.Subnets.Length; i++)
        {
            var subnet = spec.Subnets[i];
            var here = findings.At("Subnets", i);
            here.At("Prefix").AddIf(CheckPrefix(subnet.Prefix, spec.Type), HcnErrorCode.InvalidPrefix);
            here.At("Prefix").AddIf(CheckOverlap(spec.Subnets.AsSpan(0, i), subnet.Prefix), HcnErrorCode.InvalidSubnet);
            if (subnet.Gateway is { } gateway) here.At("Gateway").AddIf(CheckGateway(gateway, subnet.Prefix, spec.Type), HcnErrorCode.AddressInvalidOrReserved);
            for (var j = 0; j < subnet.Reserved.Length; j++) here.At("Reserved", j).AddIf(CheckReserved(subnet.Reserved[j], subnet.Prefix), HcnErrorCode.AddressInvalidOrReserved);
            SwitchRouteValidator.Validate(subnet.Routes, "Routes", here);
            SwitchRouteValidator.Validate(subnet.Routes, spec, "Routes", here);
            for (var j = 0; j < subnet.Routes.Length; j++) here.At("Routes", j).At("Destination").AddIf(CheckFamily(subnet.Routes[j].Destination, subnet.Prefix), HcnErrorCode.InvalidPrefix);
            SubnetPartValidator.Validate(subnet, here);
            if (subnet.Id is { } id && spec.Subnets.Take(i).Any(earlier => earlier.Id == id))
                here.At("Id").Add($"subnet {subnet.Prefix} has the id of another subnet of the network, {id:D}; give each its own, or none", HcnErrorCode.InvalidSubnet);
            if (subnet.AllocationRange is { } range) here.At("AllocationRange").AddIf(CheckRange(range, subnet), HcnErrorCode.InvalidPrefix);
        }
    }

    private static string? CheckPrefix(IPNetwork prefix, NetworkType type)
    {
        if (ReservedPrefixes.Touching(prefix) is { } reserved) return $"subnet {prefix} contains addresses of {reserved}; choose another prefix";
        // The gateway takes one address, and a subnet nobody else fits in is a mistake.
        return NetworkTraits.Of(type).HasGateway && prefix.UsableCount < 2
            ? $"subnet {prefix} has one address only, which the gateway takes; use a prefix of at most {prefix.BaseAddress.Bits - 1} bits"
            : null;
    }

    private static string? CheckOverlap(ReadOnlySpan<SubnetSpec> earlier, IPNetwork prefix)
    {
        for (var i = 0; i < earlier.Length; i++)
            if (earlier[i].Prefix.Overlaps(prefix)) return $"subnet {prefix} overlaps subnet {earlier[i].Prefix} of the same network; choose another prefix";
        return null;
    }

    private static string? CheckGateway(IPAddress gateway, IPNetwork prefix, NetworkType type)
    {
        if (NetworkTraits.Of(type) is { HasGateway: false, HasUplink: false }) return $"gateway {gateway} has no place in a private network, which the host is no part of; leave it out or use type Internal";
        if (!prefix.Covers(gateway)) return $"gateway {gateway} is not in subnet {prefix}; use an address from {prefix.FirstUsable} to {prefix.LastUsable}";
        if (prefix.IsUsable(gateway)) return null;
        var role = !gateway.Equals(prefix.First) ? "broadcast" : gateway.AddressFamily == AddressFamily.InterNetwork ? "network" : "subnet-router anycast";
        return $"gateway {gateway} is the {role} address of subnet {prefix}; use an address from {prefix.FirstUsable} to {prefix.LastUsable}";
    }

    private static string? CheckFamily(IPNetwork destination, IPNetwork prefix) =>
        destination.Family == prefix.Family ? null : $"the route to {destination} is of another family than subnet {prefix}; give it to a subnet of its own";

    private static string? CheckReserved(IPAddress address, IPNetwork prefix) =>
        prefix.Covers(address) ? null : $"reserved address {address} is not in subnet {prefix}; leave it out";

    private static string? CheckRange(IPNetwork range, SubnetSpec subnet)
    {
        if (!subnet.Prefix.Covers(range)) return $"allocation range {range} is not inside subnet {subnet.Prefix}; choose a part of the subnet";
        var lonely = range.LastIndex == 0 && (range.First.Equals(subnet.Gateway) || !subnet.Prefix.IsUsable(range.First));
        return lonely ? $"allocation range {range} holds no address an endpoint could get; choose a larger part of subnet {subnet.Prefix}" : null;
    }
}
