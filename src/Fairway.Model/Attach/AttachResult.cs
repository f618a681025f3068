using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Collections;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Model.Attach;

/// <summary>What the namespace now has.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="EndpointName">Its name.</param>
/// <param name="NetworkId">The network.</param>
/// <param name="InterfaceName">Interface inside the namespace.</param>
/// <param name="MacAddress">Its MAC.</param>
/// <param name="Mtu">Its MTU in bytes.</param>
/// <param name="Addresses">Its addresses with prefix lengths.</param>
/// <param name="Gateways">Default gateways, at most one per family.</param>
/// <param name="Dns">Resolver settings: servers, search.</param>
/// <param name="Publications">Published ports with the host ports that were chosen.</param>
/// <param name="Revision">The store revision that holds it.</param>
public sealed record AttachResult(Guid EndpointId, string EndpointName, Guid NetworkId, string InterfaceName, MacAddress MacAddress, int Mtu,
    ImmutableArray<EndpointAddress> Addresses, ImmutableArray<IPAddress> Gateways, DnsSettings Dns,
    ImmutableArray<PortPublication> Publications, long Revision)
{
    /// <summary>Its addresses with prefix lengths.</summary>
    public ImmutableArray<EndpointAddress> Addresses { get; init => field = value.OrEmpty(); } = Addresses.OrEmpty();
    /// <summary>Default gateways, at most one per family.</summary>
    public ImmutableArray<IPAddress> Gateways { get; init => field = value.OrEmpty(); } = Gateways.OrEmpty();
    /// <summary>Resolver settings: servers, search.</summary>
    public DnsSettings Dns { get; init => field = value ?? DnsSettings.Empty; } = Dns ?? DnsSettings.Empty;
    /// <summary>Published ports with the host ports that were chosen.</summary>
    public ImmutableArray<PortPublication> Publications { get; init => field = value.OrEmpty(); } = Publications.OrEmpty();
}
