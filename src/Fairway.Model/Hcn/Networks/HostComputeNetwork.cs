using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>A network (HCN schema, HostComputeNetwork).</summary>
public sealed record HostComputeNetwork : HcnResource
{
    /// <summary>Kind of network; missing means NAT.</summary>
    public NetworkMode? Type { get; init; }
    /// <summary>Policies.</summary>
    public IReadOnlyList<NetworkPolicy>? Policies { get; init; }
    /// <summary>Where MACs come from.</summary>
    public MacPool? MacPool { get; init; }
    /// <summary>Name service settings.</summary>
    public HcnDns? Dns { get; init; }
    /// <summary>Subnets.</summary>
    public IReadOnlyList<Ipam>? Ipams { get; init; }
    /// <summary>Switches.</summary>
    public NetworkFlags? Flags { get; init; }
}
