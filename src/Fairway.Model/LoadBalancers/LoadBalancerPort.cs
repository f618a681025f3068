using System.Text.Json.Serialization;
using Fairway.Model.Ports;

namespace Fairway.Model.LoadBalancers;

/// <summary>A port of a load balancer.</summary>
public sealed record LoadBalancerPort
{
    /// <summary>A TCP port, to be filled in.</summary>
    public LoadBalancerPort()
    {
    }

    // The generated reader cannot see initializers: it learns the defaults of missing members from parameters.
    [JsonConstructor]
    internal LoadBalancerPort(TransportProtocol protocol = TransportProtocol.Tcp) => Protocol = protocol;

    /// <summary>TCP or UDP.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Tcp;
    /// <summary>Port that callers use, 1 to 65535.</summary>
    public required ushort Port { get; init; }
    /// <summary>Port of the backends, 1 to 65535.</summary>
    public required ushort BackendPort { get; init; }
    /// <summary>Which connections get the same backend.</summary>
    public SessionAffinity Affinity { get; init; }
    /// <summary>For endpoints and the host itself only; callers from outside are not answered.</summary>
    public bool Internal { get; init; }
    /// <summary>Backends get the address that was called as destination, and answer from it: they have it, too, on their interface. They are of this host.</summary>
    public bool KeepsFrontend { get; init; }
}
