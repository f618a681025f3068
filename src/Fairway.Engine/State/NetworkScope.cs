using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Ipam;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;

namespace Fairway.Engine.State;

/// <summary>A network and what must be unique within it.</summary>
internal sealed record NetworkScope
{
    /// <summary>The network.</summary>
    public required Network Network { get; init; }

    /// <summary>Its subnets' addresses, in the order of the spec.</summary>
    public required ImmutableArray<SubnetPool> Subnets { get; init; }

    /// <summary>Leased and resting addresses.</summary>
    public ImmutableDictionary<IPAddress, Lease> Leases { get; init; } = ImmutableDictionary<IPAddress, Lease>.Empty;

    /// <summary>Endpoints by name. Names are looked up by the resolver too, so case does not distinguish them.</summary>
    public ImmutableDictionary<string, Guid> Endpoints { get; init; } = ImmutableDictionary.Create<string, Guid>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Endpoints by MAC.</summary>
    public ImmutableDictionary<MacAddress, Guid> Macs { get; init; } = ImmutableDictionary<MacAddress, Guid>.Empty;

    public static NetworkScope Of(Network network) =>
        new() { Network = network, Subnets = [.. network.Spec.Subnets.Select(SubnetPool.Of)] };

    /// <summary>The same with the network changed. Pools of subnets that stay as they are go on; the others are filled from the leases, the longest freed first.</summary>
    public NetworkScope With(Network network)
    {
        if (network.Spec.Subnets.SequenceEqual(Subnets.Select(pool => pool.Spec)))
            return this with { Network = network };
        return this with { Network = network, Subnets = [.. network.Spec.Subnets.Select(spec => Subnets.FirstOrDefault(pool => pool.Spec == spec) ?? Filled(spec))] };
    }

    private SubnetPool Filled(SubnetSpec spec)
    {
        var pool = SubnetPool.Of(spec);
        if (Subnets.FirstOrDefault(before => before.Spec.Prefix.Equals(spec.Prefix)) is { } before)
            pool = pool with { Position = before.Position };
        return Leases.Values.Where(lease => spec.Prefix.Covers(lease.Address)).OrderBy(lease => lease.FreedAt)
            .Aggregate(pool, (filled, lease) => lease.FreedAt is { } at ? filled.Free(lease.Address, at) : filled.Take(lease.Address));
    }

    /// <summary>The index of the subnet an address belongs to, or -1.</summary>
    public int SubnetOf(IPAddress address)
    {
        for (var i = 0; i < Subnets.Length; i++)
        {
            if (Subnets[i].Spec.Prefix.Covers(address))
                return i;
        }
        return -1;
    }

    /// <summary>The endpoint that has an address now, or null.</summary>
    public Guid? Holder(IPAddress address) => Leases.TryGetValue(address, out var lease) && lease.FreedAt is null ? lease.Endpoint : null;

    /// <summary>Enters a lease, in use or resting.</summary>
    public NetworkScope With(Lease lease)
    {
        var index = SubnetOf(lease.Address);
        var pool = Subnets[index];
        pool = lease.FreedAt is { } at ? pool.Free(lease.Address, at) : pool.Take(lease.Address);
        return this with { Leases = Leases.SetItem(lease.Address, lease), Subnets = Subnets.SetItem(index, pool) };
    }
}
