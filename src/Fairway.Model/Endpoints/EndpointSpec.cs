using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Fairway.Model.Addressing;
using Fairway.Model.Collections;
using Fairway.Model.Dns;
using Fairway.Model.Policies;
using Fairway.Model.Ports;

namespace Fairway.Model.Endpoints;

/// <summary>What was asked of an endpoint. Immutable; the store keeps it, the planner reads it.</summary>
public sealed record EndpointSpec
{
    /// <summary>What the interface is called when nobody says otherwise.</summary>
    public const string DefaultInterfaceName = "eth0";

    /// <summary>Identity; <see cref="Guid.Empty"/> on create lets the service pick.</summary>
    public Guid Id { get; init; }
    /// <summary>Unique per network; null on create derives one from the id.</summary>
    public string? Name { get; init; }
    /// <summary>The network it belongs to.</summary>
    public required Guid NetworkId { get; init; }
    /// <summary>The namespace it is attached to, or null while detached.</summary>
    public Guid? NamespaceId { get; init; }
    /// <summary>
    /// True when an engine moves the interface into the workload's namespace itself, names it and gives it its addresses (Docker). It is then
    /// born in the host's namespace, the endpoint is in no namespace of ours, and it counts as attached from the start.
    /// </summary>
    public bool HandedOver { get; init; }
    /// <summary>Set when it is the NIC of a virtual machine. It is then in no namespace of the host, and counts as attached from the start.</summary>
    public VirtualNic? VirtualNic { get; init; }
    /// <summary>True when being attached to a virtual machine, or to the namespace inside one, made it a NIC: it is none any more once it is detached.</summary>
    public bool PluggedIn { get; init; }
    /// <summary>Whether it is somewhere without being in a namespace of ours.</summary>
    [JsonIgnore]
    public bool HasOwnPlace => HandedOver || VirtualNic is not null;
    /// <summary>Interface name inside the namespace, 1 to 15 characters; of a virtual machine's NIC the name of its tap, made from the id when it is the default.</summary>
    public string InterfaceName { get; init => field = value ?? DefaultInterfaceName; } = DefaultInterfaceName;
    /// <summary>Static addresses on create; all addresses once stored.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init => field = value.OrEmpty(); } = [];
    /// <summary>On create, the parts of subnets that addresses nobody asks for come from, at most one of each subnet.</summary>
    [JsonIgnore]
    public ImmutableArray<IPNetwork> Parts { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Asked MAC; null derives one from network and address.</summary>
    public MacAddress? MacAddress { get; init; }
    /// <summary>The other host whose endpoint this is, on an overlay network; null for one of this host.</summary>
    public IPAddress? ProviderAddress { get; init; }
    /// <summary>Bytes its MTU leaves for encapsulation; null leaves what its network needs.</summary>
    public int? EncapOverhead { get; init; }
    /// <summary>MTU of its interface in bytes, at most its network's; null is its network's.</summary>
    public int? Mtu { get; init; }
    /// <summary>A further name of the host's side of its link, unique per host; null for none.</summary>
    public string? PortName { get; init; }
    /// <summary>Published ports.</summary>
    public ImmutableArray<PortPublication> Publications { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Further names under which the endpoint resolves.</summary>
    public ImmutableArray<string> Aliases { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Name service settings, on top of the network's.</summary>
    public DnsSettings Dns { get; init => field = value ?? DnsSettings.Empty; } = DnsSettings.Empty;
    /// <summary>Prefixes it reaches by this network's gateway, beside the default route.</summary>
    public ImmutableArray<EndpointRoute> Routes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>How its packets are translated, at most once for each family; a family without is translated as the network has it.</summary>
    public ImmutableArray<OutboundNat> OutboundNat { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Next hops of what leaves its network.</summary>
    public ImmutableArray<SwitchRoute> SwitchRoutes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>True when it exchanges nothing with other endpoints of its network, but what goes by published ports.</summary>
    public bool Apart { get; init; }
    /// <summary>How fast it may be, or null for no limit.</summary>
    public BandwidthLimits? Bandwidth { get; init; }
    /// <summary>The proxy beside its processes, or null.</summary>
    public Sidecar? Sidecar { get; init; }
    /// <summary>A proxy elsewhere that gets what its processes call, or null.</summary>
    public ConnectionProxy? Proxy { get; init; }
    /// <summary>The engine and workload behind it, or null.</summary>
    public Owner? Owner { get; init; }
    /// <summary>Access rules to begin with. The store keeps them apart: a stored spec has none here.</summary>
    [JsonIgnore]
    public ImmutableArray<AclRule> Rules { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The HCN document as received (JSON object), so that unknown fields are returned; null when made otherwise.</summary>
    public string? Document { get; init; }
}
