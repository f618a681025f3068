using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Fairway.Model.Collections;

namespace Fairway.Model.Ports;

/// <summary>Host ports that lead to an endpoint. A range maps port by port, possibly shifted.</summary>
public sealed record PortPublication
{
    /// <summary>A TCP port, to be filled in.</summary>
    public PortPublication()
    {
    }

    // The generated reader cannot see initializers: it learns the defaults of missing members from parameters.
    [JsonConstructor]
    internal PortPublication(TransportProtocol protocol = TransportProtocol.Tcp, int count = 1)
    {
        Protocol = protocol;
        Count = count;
    }

    /// <summary>TCP or UDP.</summary>
    public TransportProtocol Protocol { get; init; } = TransportProtocol.Tcp;
    /// <summary>One host address, or null for all of both families. A loopback address means local processes only.</summary>
    public IPAddress? HostAddress { get; init; }
    /// <summary>Whether <see cref="HostAddress"/> may be one that is only routed to this host, and is no interface's.</summary>
    public bool IsRouted { get; init; }
    /// <summary>First host port; 0 on create asks for a free one.</summary>
    public required ushort HostPort { get; init; }
    /// <summary>First port of the endpoint, 1 to 65535.</summary>
    public required ushort ContainerPort { get; init; }
    /// <summary>How many consecutive ports, 1 to 65535.</summary>
    public int Count { get; init; } = 1;
    /// <summary>Who may use it; empty means everyone. The host itself always may.</summary>
    public ImmutableArray<IPNetwork> From { get; init => field = value.OrEmpty(); } = [];
}
