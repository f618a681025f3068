using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Ipam;

/// <summary>Finds the first subnet of a pool that shares no address with what is occupied.</summary>
internal static class FreePrefix
{
    public static IPNetwork? Find(IEnumerable<AddressPool> pools, IReadOnlyCollection<IPNetwork> occupied) =>
        pools.Select(pool => Find(pool, occupied)).FirstOrDefault(prefix => prefix is not null);

    /// <summary>One pass over the occupied prefixes in order of their start, each pushing the candidate behind its end.</summary>
    private static IPNetwork? Find(AddressPool pool, IReadOnlyCollection<IPNetwork> occupied)
    {
        var size = UInt128.One << (pool.Prefix.BaseAddress.Bits - pool.SubnetLength);
        var end = pool.Prefix.Last.ToNumber();
        var start = pool.Prefix.First.ToNumber();
        foreach (var (first, last) in Intervals(pool, occupied))
        {
            if (start + (size - 1) < first)
                break;
            if (last < start)
                continue;
            if (last >= end)
                return null;
            start = (last / size + 1) * size;
        }
        return start <= end ? new IPNetwork(IPAddress.FromNumber(start, pool.Prefix.Family), pool.SubnetLength) : null;
    }

    private static IEnumerable<(UInt128 First, UInt128 Last)> Intervals(AddressPool pool, IEnumerable<IPNetwork> occupied) =>
        from prefix in occupied
        where pool.Prefix.Overlaps(prefix)
        let first = prefix.First.ToNumber()
        orderby first
        select (first, prefix.Last.ToNumber());
}
