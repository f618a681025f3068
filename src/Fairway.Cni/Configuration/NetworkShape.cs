using System.Collections.Immutable;
using Fairway.Model.Networks;

namespace Fairway.Cni.Configuration;

/// <summary>What the configuration says about the network: how it is made when it is not there yet, and must be when it is.</summary>
internal sealed record NetworkShape
{
    /// <summary>Its type, or null when the configuration is silent.</summary>
    public NetworkType? Type { get; init; }
    /// <summary>Its subnets, or none for those of the host's pools.</summary>
    public ImmutableArray<SubnetSpec> Subnets { get; init; } = [];
    /// <summary>Its MTU in bytes, or null for the uplink's.</summary>
    public int? Mtu { get; init; }

    /// <summary>Nothing is said: any network will do.</summary>
    public bool IsSilent => Type is null && Subnets.IsEmpty && Mtu is null;

    /// <summary>The network to make.</summary>
    public NetworkSpec ToSpec(string name) => new() { Name = name, Type = Type ?? NetworkType.Nat, Subnets = Subnets, Mtu = Mtu };

    /// <summary>How a network differs from what is said, or null. What is not said may be anything.</summary>
    public string? DifferenceOf(Network network)
    {
        if (Type is { } type && network.Spec.Type != type)
            return $"it is of type {network.Spec.Type}, not {type}";
        if (Mtu is { } mtu && network.Mtu != mtu)
            return $"its MTU is {network.Mtu}, not {mtu}";
        if (Subnets.IsEmpty)
            return null;
        foreach (var subnet in Subnets)
        {
            if (network.Spec.Subnets.FirstOrDefault(present => present.Prefix.Equals(subnet.Prefix)) is not { } present)
                return $"it has no subnet {subnet.Prefix}";
            if (subnet.Gateway is { } gateway && !gateway.Equals(present.Gateway))
                return $"the gateway of {subnet.Prefix} is {present.Gateway?.ToString() ?? "none"}, not {gateway}";
            if (subnet.AllocationRange is { } range && !range.Equals(present.AllocationRange ?? present.Prefix))
                return $"addresses of {subnet.Prefix} come from {present.AllocationRange ?? present.Prefix}, not {range}";
        }
        return network.Spec.Subnets.FirstOrDefault(present => !Subnets.Any(subnet => subnet.Prefix.Equals(present.Prefix))) is { } more
            ? $"it has the subnet {more.Prefix} too"
            : null;
    }
}
