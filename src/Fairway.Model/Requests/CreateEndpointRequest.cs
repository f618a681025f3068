using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Collections;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Model.Requests;

/// <summary>What <c>POST /v1/endpoints</c> takes: an endpoint's spec with references where the spec has ids.</summary>
public sealed record CreateEndpointRequest
{
    /// <summary>Unique per network; null derives one from the id.</summary>
    public string? Name { get; init; }
    /// <summary>Network name, id or unambiguous id prefix.</summary>
    public required string Network { get; init; }
    /// <summary>Namespace name, id or unambiguous id prefix to attach to at once.</summary>
    public string? Namespace { get; init; }
    /// <summary>In place of <see cref="Namespace"/>: a path that opens a namespace Fairway did not make.</summary>
    public string? NetnsPath { get; init; }
    /// <summary>In place of both: it is the NIC of a virtual machine, with a tap device that the machine's hypervisor opens.</summary>
    public VirtualNic? VirtualNic { get; init; }
    /// <summary>Interface name inside the namespace; null means <c>eth0</c>. Of a virtual machine's NIC the name of its tap; null has one chosen.</summary>
    public string? InterfaceName { get; init; }
    /// <summary>Static addresses, at most one per subnet; subnets without one get a free address.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Asked MAC, or null.</summary>
    public MacAddress? MacAddress { get; init; }
    /// <summary>The other host whose endpoint this is, on an overlay network; null for one of this host.</summary>
    public IPAddress? ProviderAddress { get; init; }
    /// <summary>Ports to publish.</summary>
    public ImmutableArray<PortPublication> Publications { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Further names under which the endpoint resolves.</summary>
    public ImmutableArray<string> Aliases { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Name service settings on top of the network's, or null.</summary>
    public DnsSettings? Dns { get; init; }
    /// <summary>How its packets are translated, at most once for each family; a family without is translated as the network has it.</summary>
    public ImmutableArray<OutboundNat> OutboundNat { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Next hops of what leaves its network.</summary>
    public ImmutableArray<SwitchRoute> SwitchRoutes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>True when it exchanges nothing with other endpoints of its network.</summary>
    public bool Apart { get; init; }
    /// <summary>How fast it may be, or null for no limit.</summary>
    public BandwidthLimits? Bandwidth { get; init; }
    /// <summary>MTU of its interface in bytes, at most its network's; null is its network's.</summary>
    public int? Mtu { get; init; }
    /// <summary>A further name of the host's side of its link, unique per host; null for none.</summary>
    public string? PortName { get; init; }
    /// <summary>The engine and workload behind it, or null.</summary>
    public Owner? Owner { get; init; }
}
