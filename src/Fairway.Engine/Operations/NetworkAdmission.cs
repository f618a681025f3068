using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Drivers;
using Fairway.Engine.Ipam;
using Fairway.Engine.Planner;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Engine.Operations;

/// <summary>Completes a network's spec from the pools and lets it in when nothing present is in its way.</summary>
/// <param name="Names">Names of host links.</param>
/// <param name="Pools">IPv4 space for networks without subnets.</param>
/// <param name="Routes">Prefixes the host routes to.</param>
/// <param name="Mtu">The uplink's MTU in bytes.</param>
/// <param name="Uplink">The device the endpoints are behind, when the type has one.</param>
/// <param name="HostAddresses">Addresses of the host, which no endpoint beside it may have.</param>
internal sealed record NetworkAdmission(LinkNames Names, IReadOnlyList<AddressPool> Pools, IReadOnlyList<IPNetwork> Routes, int Mtu, HostUplink? Uplink,
    IReadOnlyList<IPAddress> HostAddresses)
{
    /// <summary>Enters a network.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="spec">A valid spec with an id.</param>
    /// <exception cref="FairwayException">Something is in its way.</exception>
    public Network Create(StoreTransaction transaction, NetworkSpec spec)
    {
        var state = transaction.State;
        CheckIdentity(state, spec);
        CheckOverlap(state, spec);
        OverlayAdmission.Check(state, spec);
        if (spec.Traits.HasUplink)
            spec = BehindUplink(state, spec);
        spec = spec with { Subnets = WithGateways(spec.Subnets.IsEmpty && !spec.Traits.HasUplink ? FromPools(state) : spec.Subnets, spec.Type) };
        var number = transaction.TakeNumber(NumberKind.Network);
        transaction.Put(new Network(spec with { Rules = [], Sets = [] }, number, spec.Mtu ?? Mtu - spec.Overhead, transaction.Revision));
        var policies = new Model.Policies.PolicyChange([], spec.Rules, [], spec.Sets);
        PolicyAdmission.Check(transaction.State, spec.Id, $"network '{spec.Name}'", policies);
        transaction.Change(spec.Id, spec.Name, policies);
        return transaction.State.Network(spec.Id);
    }

    /// <summary>Completes what a network becomes and lets that in when nothing present is in its way.</summary>
    /// <param name="state">The state of the write.</param>
    /// <param name="scope">The network as it is.</param>
    /// <param name="spec">What it becomes; valid.</param>
    /// <exception cref="FairwayException">Something is in its way.</exception>
    public NetworkSpec Admit(HostState state, NetworkScope scope, NetworkSpec spec)
    {
        var present = scope.Network.Spec;
        if (spec.Subnets != present.Subnets)
        {
            spec = spec with { Subnets = WithGateways([.. spec.Subnets.Select(subnet => spec.Traits.HasUplink && !present.Subnets.Contains(subnet) ? WithoutHost(subnet) : subnet)], spec.Type) };
            SubnetAdmission.Check(state, scope, spec);
            OverlayAdmission.Check(state, spec);
        }
        // The host has routes to the subnets that are there already, which are its own.
        if (spec.HasHostPort)
            CheckOverlap(state, spec, present.HasHostPort ? present : null);
        return spec;
    }

    private void CheckIdentity(HostState state, NetworkSpec spec)
    {
        if (state.NetworkNames.ContainsKey(spec.Name))
        {
            throw Refusal.At("$.Name", ErrorKind.AlreadyExists, $"network '{spec.Name}'",
                $"network '{spec.Name}' exists already; choose another name, or delete it first", HcnErrorCode.NetworkAlreadyExists);
        }
        if (state.Networks.TryGetValue(spec.Id, out var same))
        {
            throw Refusal.At("$.Id", ErrorKind.AlreadyExists, $"network '{spec.Name}'",
                $"id {spec.Id:D} is network '{same.Network.Spec.Name}' already; choose another id, or none", HcnErrorCode.NetworkAlreadyExists);
        }
        // Names that do not fit a link's are cut to digits of the id, which may meet.
        var link = Names.Network(spec);
        var twin = state.Networks.Values.FirstOrDefault(scope => Names.Network(scope.Network.Spec) == link);
        if (twin is not null)
        {
            throw Refusal.At("$.Id", ErrorKind.Conflict, $"network '{spec.Name}'",
                $"network '{spec.Name}' would have the host link '{link}' of network '{twin.Network.Spec.Name}'; choose another id or name");
        }
    }

    /// <summary>Networks the host takes part in share its routing table, so their subnets must differ from each other's and from the host's.</summary>
    private void CheckOverlap(HostState state, NetworkSpec spec, NetworkSpec? present = null)
    {
        if (!spec.HasHostPort)
            return;
        for (var i = 0; i < spec.Subnets.Length; i++)
        {
            var prefix = spec.Subnets[i].Prefix;
            if (present?.Subnets.Any(subnet => subnet.Prefix.Equals(prefix)) ?? false)
                continue;
            foreach (var other in state.Networks.Values.Select(scope => scope.Network.Spec).Where(other => other.HasHostPort && other.Id != spec.Id))
            {
                if (other.Subnets.FirstOrDefault(subnet => subnet.Prefix.Overlaps(prefix)) is { } taken)
                    throw Overlap(i, prefix, $"network '{other.Name}' ({taken.Prefix})");
            }
            foreach (var route in Routes.Where(route => route.Overlaps(prefix)))
                throw Overlap(i, prefix, $"the host's route to {route}");
        }
    }

    /// <summary>Behind an uplink: the device exists, its LAN is no other network's, and what the host has there stays the host's.</summary>
    private NetworkSpec BehindUplink(HostState state, NetworkSpec spec)
    {
        var subject = spec.Uplink is null ? "uplink" : $"uplink '{spec.Uplink}'";
        if (spec.UplinkIndex is { } index && (Uplink is null || spec.Uplink is not null && spec.Uplink != Uplink.Name))
        {
            throw Refusal.At("$.UplinkIndex", Uplink is null ? ErrorKind.NotFound : ErrorKind.InvalidArgument, $"uplink {index}", Uplink is null
                ? $"this host has no device with index {index}; give one that 'ip link' lists"
                : $"device {index} is '{Uplink.Name}' and not '{spec.Uplink}'; leave one of both out", HcnErrorCode.AdapterNotFound);
        }
        if (Uplink is null)
        {
            throw Refusal.At("$.Uplink", ErrorKind.NotFound, subject, spec.Uplink is null
                ? "the network names no uplink and this host has no default route to take one from; name the device its LAN is behind"
                : $"this host has no device '{spec.Uplink}'; name one that 'ip link' lists", HcnErrorCode.AdapterNotFound);
        }
        if (Uplink.Obstacle is { } obstacle)
            throw Refusal.At("$.Uplink", ErrorKind.InvalidArgument, subject, $"device '{Uplink.Name}' cannot be an uplink: {obstacle}", HcnErrorCode.AdapterNotFound);
        if (spec.Mtu > Uplink.Mtu)
        {
            throw Refusal.At("$.Mtu", ErrorKind.InvalidArgument, subject,
                $"an MTU of {spec.Mtu} bytes is above the {Uplink.Mtu} of uplink '{Uplink.Name}'; use {Uplink.Mtu} at most, or leave it out", HcnErrorCode.InvalidNetwork);
        }
        var twin = state.Networks.Values.Select(scope => scope.Network.Spec).FirstOrDefault(other => other.Traits.HasUplink && other.Uplink == Uplink.Name && other.Vlan == spec.Vlan);
        if (twin is not null)
        {
            throw Refusal.At("$.Uplink", ErrorKind.Conflict, subject, $"uplink '{Uplink.Name}' {(spec.Vlan is { } vlan ? $"VLAN {vlan}" : "without VLAN")} is network '{twin.Name}' already; "
                + "give that one more subnets, or choose another uplink or VLAN", HcnErrorCode.InvalidNetwork);
        }
        return spec with { Uplink = Uplink.Name, UplinkIndex = null, Subnets = [.. spec.Subnets.Select(WithoutHost)] };
    }

    private SubnetSpec WithoutHost(SubnetSpec subnet) => subnet with
    {
        Reserved = [.. subnet.Reserved.Union(HostAddresses.Where(address => subnet.Prefix.Covers(address) && !address.Equals(subnet.Gateway)))],
    };

    private static FairwayException Overlap(int index, IPNetwork prefix, string other) => Refusal.At($"$.Subnets[{index}].Prefix",
        ErrorKind.Conflict, $"subnet {prefix}", $"subnet {prefix} overlaps {other}; choose another prefix", HcnErrorCode.InvalidSubnet);

    private ImmutableArray<SubnetSpec> FromPools(HostState state) =>
        [new SubnetSpec(FindFree(state, AddressFamily.InterNetwork, [])), new SubnetSpec(FindFree(state, AddressFamily.InterNetworkV6, []))];

    /// <summary>The next prefix of the pools that is free of networks, of the host's routes and of what is withheld.</summary>
    /// <exception cref="FairwayException">Exhausted.</exception>
    public IPNetwork FindFree(HostState state, AddressFamily family, IReadOnlyCollection<IPNetwork> withheld)
    {
        var pools = family == AddressFamily.InterNetwork ? Pools : [new AddressPool(state.HostPrefix, 64)];
        List<IPNetwork> occupied = [.. Routes, .. withheld, .. state.Networks.Values.SelectMany(scope => scope.Network.Spec.Subnets.Select(subnet => subnet.Prefix))];
        return FreePrefix.Find(pools, occupied) ?? throw NoPrefix(string.Join(", ", pools.Select(pool => pool.Prefix)));
    }

    private static FairwayException NoPrefix(string pools) => Refusal.At("$.Subnets", ErrorKind.Exhausted, "subnets",
        $"no subnet of {pools} is free of other networks and of the host's routes; give the network subnets of your own");

    private static ImmutableArray<SubnetSpec> WithGateways(ImmutableArray<SubnetSpec> subnets, NetworkType type) => NetworkTraits.Of(type).HasGateway
        ? [.. subnets.Select(subnet => subnet with { Gateway = subnet.Gateway ?? subnet.Prefix.FirstUsable })]
        : subnets;
}
