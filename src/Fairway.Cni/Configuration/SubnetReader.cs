using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;

namespace Fairway.Cni.Configuration;

/// <summary>A prefix and where its addresses come from, spelled as the plugins for addresses have always spelled it.</summary>
/// <remarks><c>{"subnet": "10.1.0.0/16", "rangeStart": "10.1.4.0", "rangeEnd": "10.1.7.255", "gateway": "10.1.0.1"}</c></remarks>
internal static class SubnetReader
{
    public static SubnetSpec Read(Node value)
    {
        var prefix = value.Member("subnet")?.Prefix() ?? throw value.Wrong("'subnet' is missing");
        foreach (var (key, member) in value.Members())
            if (key is not ("subnet" or "rangeStart" or "rangeEnd" or "gateway"))
                throw member.Unsupported("use subnet, rangeStart, rangeEnd and gateway");
        var gateway = value.Member("gateway")?.Address();
        return new SubnetSpec(prefix, gateway, Range(value, prefix, gateway));
    }

    private static IPNetwork? Range(Node value, IPNetwork prefix, IPAddress? gateway)
    {
        var (start, end) = (Bound(value.Member("rangeStart"), prefix), Bound(value.Member("rangeEnd"), prefix));
        if (start is null && end is null)
            return null;
        var (first, last) = (start ?? prefix.FirstUsable, end ?? prefix.LastUsable);
        // The gateway is given to nobody: a range that begins behind it begins with it as well.
        if ((gateway ?? prefix.FirstUsable).Equals(prefix.FirstUsable) && IsNext(prefix, prefix.FirstUsable, first))
            first = prefix.FirstUsable;
        return Aligned(prefix, first, last) ?? throw value.Wrong(
            $"rangeStart {first} to rangeEnd {last} is not a prefix within {prefix}; choose bounds that a prefix has, for example 10.1.4.0 and 10.1.7.255");
    }

    /// <summary>The prefix whose usable part the range is.</summary>
    private static IPNetwork? Aligned(IPNetwork prefix, IPAddress first, IPAddress last)
    {
        var bits = first.GetAddressBytes().Length * 8;
        for (var length = prefix.PrefixLength; length <= bits; length++)
        {
            var candidate = new IPNetwork(first.Masked(length), length);
            var (lowest, highest) = (candidate.First.Equals(prefix.First) ? prefix.FirstUsable : candidate.First,
                candidate.Last.Equals(prefix.Last) ? prefix.LastUsable : candidate.Last);
            if ((first.Equals(lowest) || first.Equals(candidate.First)) && (last.Equals(highest) || last.Equals(candidate.Last)))
                return candidate;
        }
        return null;
    }

    private static IPAddress? Bound(Node? value, IPNetwork prefix)
    {
        if (value is not { } node)
            return null;
        var address = node.Address();
        return prefix.Covers(address) ? address : throw node.Wrong($"{address} is not in {prefix}");
    }

    private static bool IsNext(IPNetwork prefix, IPAddress one, IPAddress other) => prefix.IndexOf(one) + 1 == prefix.IndexOf(other);
}
