using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Ports;

namespace Fairway.Engine.Plan;

/// <summary>One publication (a single port or a range) towards one address of one endpoint.</summary>
public sealed record PublicationPlan
{
    /// <summary>Number of the publication, from 1, unique per host; names the source restriction in the switch.</summary>
    public required uint Number { get; init; }
    /// <summary>Port number of the endpoint.</summary>
    public required uint Port { get; init; }
    /// <summary>Generation of that port number.</summary>
    public required uint Generation { get; init; }
    /// <summary>Number of the endpoint's network.</summary>
    public required uint Network { get; init; }
    /// <summary>TCP or UDP.</summary>
    public required TransportProtocol Protocol { get; init; }
    /// <summary>Host address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all of a family.</summary>
    public required IPAddress HostAddress { get; init; }
    /// <summary>First host port.</summary>
    public required ushort HostPort { get; init; }
    /// <summary>How many consecutive ports.</summary>
    public required int Count { get; init; }
    /// <summary>Endpoint address of the same family.</summary>
    public required IPAddress Target { get; init; }
    /// <summary>First endpoint port.</summary>
    public required ushort TargetPort { get; init; }
    /// <summary>Who may use it; empty means everyone.</summary>
    public required ImmutableArray<IPNetwork> From { get; init; }

    /// <inheritdoc/>
    public bool Equals(PublicationPlan? other) => other is not null && Number == other.Number && Port == other.Port
        && Generation == other.Generation && Network == other.Network && Protocol == other.Protocol && HostAddress.Equals(other.HostAddress)
        && HostPort == other.HostPort && Count == other.Count && Target.Equals(other.Target) && TargetPort == other.TargetPort
        && From.SequenceEqual(other.From);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Port, HostPort, Count);
}
