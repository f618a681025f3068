using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Ipam;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Engine.Operations;

/// <summary>Gives an endpoint one address of each subnet of its network: the asked one, else the next.</summary>
/// <param name="Quarantine">How long freed addresses rest.</param>
internal sealed record AddressAllocator(TimeSpan Quarantine)
{
    /// <summary>Leases the addresses of a new endpoint.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="lease">The lease to enter, once for each address.</param>
    /// <param name="asked">Static addresses.</param>
    /// <param name="parts">Parts of subnets that the others come from.</param>
    /// <exception cref="FairwayException">An asked address is not to be had, or a subnet is exhausted.</exception>
    public ImmutableArray<EndpointAddress> Allocate(StoreTransaction transaction, Lease lease, ImmutableArray<IPAddress> asked, ImmutableArray<IPNetwork> parts)
    {
        CheckAsked(transaction.State, lease.Network, asked);
        CheckParts(transaction.State.Networks[lease.Network], asked, parts);
        var addresses = ImmutableArray.CreateBuilder<EndpointAddress>();
        var subnets = transaction.State.Networks[lease.Network].Subnets;
        for (var i = 0; i < subnets.Length; i++)
        {
            var prefix = subnets[i].Spec.Prefix;
            var address = asked.FirstOrDefault(candidate => prefix.Covers(candidate))
                ?? Next(transaction, lease.Network, i, parts.Where(part => prefix.Covers(part)).Select(part => (IPNetwork?)part).FirstOrDefault());
            transaction.Put(lease with { Address = address });
            addresses.Add(new EndpointAddress(address, prefix.PrefixLength));
        }
        return addresses.DrainToImmutable();
    }

    /// <summary>Sets an address of a subnet aside: it rests, so that nobody is given it who does not ask for it.</summary>
    /// <exception cref="FairwayException">The asked address is not to be had, the subnet is exhausted or none of the network's.</exception>
    public IPAddress Offer(StoreTransaction transaction, Guid network, IPNetwork prefix, IPAddress? asked)
    {
        var index = transaction.State.Networks.TryGetValue(network, out var scope) ? scope.Subnets.Select(pool => pool.Spec.Prefix).ToImmutableArray().IndexOf(prefix) : -1;
        if (index < 0)
        {
            throw Refusal.At("$.Subnet", ErrorKind.NotFound, $"subnet {prefix}",
                $"subnet {prefix} is none of network '{scope?.Network.Spec.Name ?? network.ToString("D")}'; ask for an address of one of its subnets");
        }
        if (asked is not null)
            CheckAsked(transaction.State, network, [asked]);
        var address = asked ?? Next(transaction, network, index);
        transaction.Put(new Lease(network, address, Guid.Empty, NetnsCookie: 0, BootId: "", FreedAt: transaction.Now));
        return address;
    }

    private IPAddress Next(StoreTransaction transaction, Guid network, int subnet, IPNetwork? part = null)
    {
        var scope = transaction.State.Networks[network];
        var pool = scope.Subnets[subnet].Wake(transaction.Now - Quarantine, out var woken);
        var address = pool.Next(part) ?? throw Exhausted(scope, pool, part);
        transaction.Put(network, subnet, pool.TakeNext(address), woken);
        return address;
    }

    private static void CheckAsked(HostState state, Guid network, ImmutableArray<IPAddress> asked)
    {
        var scope = state.Networks[network];
        for (var i = 0; i < asked.Length; i++)
        {
            var subnet = scope.SubnetOf(asked[i]);
            if (subnet < 0)
                throw Wrong(i, ErrorKind.InvalidArgument, asked[i], $"is in no subnet of network '{scope.Network.Spec.Name}' ({Subnets(scope)}); choose one of theirs");
            var spec = scope.Subnets[subnet].Spec;
            if (asked[i].Equals(spec.Gateway))
                throw Wrong(i, ErrorKind.Conflict, asked[i], $"is the gateway of network '{scope.Network.Spec.Name}'; choose another address of {spec.Prefix}");
            if (spec.Withholds(asked[i]))
                throw Wrong(i, ErrorKind.Conflict, asked[i], $"is reserved in network '{scope.Network.Spec.Name}'; choose another address of {spec.Prefix}");
            if (!spec.Prefix.IsUsable(asked[i]))
                throw Wrong(i, ErrorKind.InvalidArgument, asked[i], $"is reserved in {spec.Prefix}; choose one from {spec.Prefix.FirstUsable} to {spec.Prefix.LastUsable}");
            if (scope.Holder(asked[i]) is { } holder)
                throw Wrong(i, ErrorKind.Conflict, asked[i], $"is taken by endpoint '{References.FullName(state, state.Endpoints[holder])}'; choose another address, or none");
            if (asked[..i].Any(earlier => spec.Prefix.Covers(earlier)))
                throw Wrong(i, ErrorKind.InvalidArgument, asked[i], $"is the second one asked of subnet {spec.Prefix}; ask for one of each subnet");
        }
    }

    private static FairwayException Wrong(int index, ErrorKind kind, IPAddress address, string why) =>
        Refusal.At($"$.Addresses[{index}]", kind, $"address {address}", $"address {address} {why}", HcnErrorCode.AddressInvalidOrReserved);

    /// <summary>A part may have gone since the request was read.</summary>
    private static void CheckParts(NetworkScope scope, ImmutableArray<IPAddress> asked, ImmutableArray<IPNetwork> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var subnet = scope.Network.Spec.Subnets.FirstOrDefault(candidate => candidate.Parts.Any(part => part.Prefix.Equals(parts[i])));
            if (subnet is null)
            {
                throw Refusal.At($"$.Parts[{i}]", ErrorKind.NotFound, $"part {parts[i]}",
                    $"part {parts[i]} is none of network '{scope.Network.Spec.Name}'; choose one that the network shows", HcnErrorCode.InvalidIpSubnet);
            }
            if (asked.Any(address => subnet.Prefix.Covers(address)))
            {
                throw Refusal.At($"$.Parts[{i}]", ErrorKind.InvalidArgument, $"part {parts[i]}",
                    $"part {parts[i]} is asked for beside an address of subnet {subnet.Prefix}; ask for one of each subnet", HcnErrorCode.InvalidIpSubnet);
            }
        }
    }

    private static FairwayException Exhausted(NetworkScope scope, SubnetPool pool, IPNetwork? part)
    {
        var subnet = $"subnet {pool.Spec.Prefix}";
        var (where, capacity) = part is { } asked ? ($"part {asked} of {subnet}", pool.CapacityOf(asked))
            : (pool.Spec is { Parts: not [] } ? $"all parts of {subnet}" : pool.Spec.AllocationRange is { } range ? $"the allocation range {range} of {subnet}" : subnet, pool.Capacity);
        return Refusal.At("$.Addresses", ErrorKind.Exhausted, $"network '{scope.Network.Spec.Name}'",
            $"{where} of network '{scope.Network.Spec.Name}' is exhausted: {capacity} of {capacity} addresses leased; delete endpoints, or make a larger network");
    }

    private static string Subnets(NetworkScope scope) =>
        scope.Subnets.IsEmpty ? "it has none" : string.Join(", ", scope.Subnets.Select(pool => pool.Spec.Prefix));
}
