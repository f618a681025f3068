using System.Collections.Immutable;
using System.Net;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;

namespace Fairway.Engine.State;

/// <summary>Which load balancer answers on which address and port.</summary>
internal sealed class ServicePorts
{
    private readonly ImmutableDictionary<(IPAddress Address, TransportProtocol Protocol, ushort Port), Guid> _owners;

    private ServicePorts(ImmutableDictionary<(IPAddress, TransportProtocol, ushort), Guid> owners) => _owners = owners;

    public static ServicePorts Empty { get; } = new(ImmutableDictionary<(IPAddress, TransportProtocol, ushort), Guid>.Empty);

    public Guid? Find(IPAddress address, TransportProtocol protocol, ushort port) =>
        _owners.TryGetValue((address, protocol, port), out var owner) ? owner : null;

    /// <summary>The load balancer in the way of a publication, which covers its own address or, without one, all of the host's.</summary>
    /// <param name="publication">Host ports.</param>
    /// <param name="hostAddresses">The host's addresses.</param>
    public Guid? Collision(PortPublication publication, IReadOnlyList<IPAddress> hostAddresses)
    {
        if (_owners.IsEmpty)
            return null;
        IEnumerable<IPAddress> covered = publication.HostAddress is { } address && !HostAddresses.IsAny(address)
            ? [address, HostAddresses.Any(address.AddressFamily)]
            : [IPAddress.Any, IPAddress.IPv6Any, .. hostAddresses];
        return Enumerable.Range(publication.HostPort, publication.Count)
            .SelectMany(port => covered.Select(frontend => Find(frontend, publication.Protocol, (ushort)port)))
            .FirstOrDefault(owner => owner is not null);
    }

    public ServicePorts Add(LoadBalancerSpec spec) => new(_owners.SetItems(Keys(spec).Select(key => KeyValuePair.Create(key, spec.Id))));

    public ServicePorts Remove(LoadBalancerSpec spec) => new(_owners.RemoveRange(Keys(spec)));

    private static IEnumerable<(IPAddress Address, TransportProtocol Protocol, ushort Port)> Keys(LoadBalancerSpec spec) =>
        spec.Frontends.SelectMany(frontend => spec.Ports.Select(port => (frontend, port.Protocol, port.Port)));
}
