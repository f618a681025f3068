using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;
using Fairway.Model.Policies;

namespace Fairway.Model.Endpoints;

/// <summary>A proxy elsewhere that gets TCP connections of an endpoint's processes in place of whom they call.</summary>
/// <param name="Address">The proxy's address; connections of its family are led there.</param>
/// <param name="Port">Its port; null for the port that is called.</param>
public sealed record ConnectionProxy(IPAddress Address, int? Port)
{
    /// <summary>Whom processes call; empty for everybody.</summary>
    public ImmutableArray<IPNetwork> Prefixes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The ports they call; empty for all.</summary>
    public ImmutableArray<PortInterval> Ports { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Whom they call without the proxy.</summary>
    public ImmutableArray<IPNetwork> Exceptions { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Whether the way to the proxy translates the endpoint's address; it is as the network has it, and has to be said.</summary>
    public bool Translated { get; init; }

    /// <inheritdoc/>
    public bool Equals(ConnectionProxy? other) => other is not null && Address.Equals(other.Address) && Port == other.Port && Translated == other.Translated
        && Prefixes.SequenceEqual(other.Prefixes) && Ports.SequenceEqual(other.Ports) && Exceptions.SequenceEqual(other.Exceptions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Port);
}
