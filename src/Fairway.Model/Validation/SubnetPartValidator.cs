using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>The parts of one subnet: each inside it, and apart from each other.</summary>
internal static class SubnetPartValidator
{
    /// <summary>Most parts of one subnet.</summary>
    public const int MostParts = 256;

    public static void Validate(SubnetSpec subnet, FindingCollector findings)
    {
        if (subnet.Parts.Length > MostParts)
            findings.At("Parts").Add($"{subnet.Parts.Length} parts are too many; subnet {subnet.Prefix} has at most {MostParts}", HcnErrorCode.InvalidIpSubnet);
        if (subnet is { Parts: not [], AllocationRange: { } range })
            findings.At("AllocationRange").Add($"addresses of subnet {subnet.Prefix} come from its parts, so range {range} would count for nothing; leave one of both out", HcnErrorCode.InvalidIpSubnet);
        for (var i = 0; i < subnet.Parts.Length; i++)
        {
            var part = subnet.Parts[i];
            var here = findings.At("Parts", i);
            here.At("Prefix").AddIf(CheckPlace(part, subnet) ?? CheckOverlap(subnet.Parts.AsSpan(0, i), part.Prefix), HcnErrorCode.InvalidIpSubnet);
            if (part.Id is { } id && subnet.Parts.Take(i).Any(earlier => earlier.Id == id))
                here.At("Id").Add($"part {part.Prefix} has the id of another part of subnet {subnet.Prefix}, {id:D}; give each its own, or none", HcnErrorCode.InvalidIpSubnet);
        }
    }

    private static string? CheckPlace(SubnetPart part, SubnetSpec subnet)
    {
        if (!subnet.Prefix.Covers(part.Prefix)) return $"part {part.Prefix} is not inside subnet {subnet.Prefix}; choose a part of it";
        return HasRoom(part, subnet) ? null : $"part {part.Prefix} holds no address an endpoint could get; choose a larger part of subnet {subnet.Prefix}";
    }

    /// <summary>Four are never all taken: by the gateway, the part's first and the subnet's two ends.</summary>
    private static bool HasRoom(SubnetPart part, SubnetSpec subnet)
    {
        if (part.Prefix.LastIndex > 3) return true;
        for (UInt128 i = 0; i <= part.Prefix.LastIndex; i++)
        {
            var address = part.Prefix.Nth(i);
            if (subnet.Prefix.IsUsable(address) && !address.Equals(subnet.Gateway) && !address.Equals(part.Reserved)) return true;
        }
        return false;
    }

    private static string? CheckOverlap(ReadOnlySpan<SubnetPart> earlier, IPNetwork prefix)
    {
        foreach (var other in earlier)
            if (other.Prefix.Overlaps(prefix)) return $"part {prefix} overlaps part {other.Prefix} of the same subnet; choose another prefix";
        return null;
    }
}
