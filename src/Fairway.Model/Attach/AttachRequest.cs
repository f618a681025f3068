using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Collections;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Model.Attach;

/// <summary>One call of an engine: join a namespace to a network. Idempotent by (Owner.Engine, Owner.Id, InterfaceName).</summary>
public sealed record AttachRequest
{
    /// <summary>Network name or id.</summary>
    public required string Network { get; init; }
    /// <summary>Endpoint name, or null.</summary>
    public string? Endpoint { get; init; }
    /// <summary>A path that opens the namespace.</summary>
    public required string NetnsPath { get; init; }
    /// <summary>Interface name inside, 1 to 15 characters.</summary>
    public string InterfaceName { get; init => field = value ?? EndpointSpec.DefaultInterfaceName; } = EndpointSpec.DefaultInterfaceName;
    /// <summary>Static addresses, at most one per subnet.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Asked MAC, or null.</summary>
    public MacAddress? MacAddress { get; init; }
    /// <summary>Ports to publish.</summary>
    public ImmutableArray<PortPublication> Publish { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Further names.</summary>
    public ImmutableArray<string> Aliases { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Name service settings of this endpoint, on top of the network's.</summary>
    public DnsSettings Dns { get; init => field = value ?? DnsSettings.Empty; } = DnsSettings.Empty;
    /// <summary>Prefixes it reaches by this network's gateway, beside the default route.</summary>
    public ImmutableArray<EndpointRoute> Routes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>How fast it may be, or null for no limit.</summary>
    public BandwidthLimits? Bandwidth { get; init; }
    /// <summary>
    /// Refuse (AlreadyExists) instead of answering again when the owner has this interface in this namespace already; for engines whose protocol
    /// knows no repetition.
    /// </summary>
    public bool FailIfAttached { get; init; }
    /// <summary>Who asks.</summary>
    public Owner? Owner { get; init; }
}
