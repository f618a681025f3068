using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;
using Fairway.Model.Endpoints;

namespace Fairway.Model.Networks;

/// <summary>One prefix of a network.</summary>
/// <param name="Prefix">The prefix, v4 or v6, with host bits zero.</param>
/// <param name="Gateway">The address the host's vNIC carries; null takes the first usable one. Behind an uplink the router's address; null leaves endpoints without a way out.</param>
/// <param name="AllocationRange">Where dynamic addresses come from; null means the whole prefix.</param>
public sealed record SubnetSpec(IPNetwork Prefix, IPAddress? Gateway = null, IPNetwork? AllocationRange = null)
{
    /// <summary>Identity, by which HCN's requests name it; null derives one from the network and the prefix.</summary>
    public Guid? Id { get; init; }
    /// <summary>Virtual subnet id, on overlay networks.</summary>
    public uint? VirtualSubnet { get; init; }
    /// <summary>Next hops of what its endpoints send out of the network, in place of what the host routes. Those of an endpoint itself come before them.</summary>
    public ImmutableArray<SwitchRoute> Routes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Addresses no endpoint is given or may ask for.</summary>
    public ImmutableArray<IPAddress> Reserved { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Parts that addresses nobody chose come from, in this order; none leaves it to the allocation range.</summary>
    public ImmutableArray<SubnetPart> Parts { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Whether no endpoint may have an address though it is in the subnet and usable; the gateway's apart.</summary>
    public bool Withholds(IPAddress address) => Reserved.Contains(address) || Parts.Any(part => address.Equals(part.Reserved));

    /// <summary>The part an address is in, or null.</summary>
    public SubnetPart? PartOf(IPAddress address) => Parts.FirstOrDefault(part => part.Prefix.Contains(address));
}
