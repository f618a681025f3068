using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;
using Fairway.Model.Policies;

namespace Fairway.Model.Endpoints;

/// <summary>What is not led to a sidecar; one of both is enough.</summary>
public sealed record SidecarExceptions
{
    /// <summary>Nothing.</summary>
    public static SidecarExceptions None { get; } = new();

    /// <summary>The other side's addresses.</summary>
    public ImmutableArray<IPNetwork> Prefixes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The ports that are called.</summary>
    public ImmutableArray<PortInterval> Ports { get; init => field = value.OrEmpty(); } = [];

    /// <inheritdoc/>
    public bool Equals(SidecarExceptions? other) => other is not null && Prefixes.SequenceEqual(other.Prefixes) && Ports.SequenceEqual(other.Ports);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Prefixes.Length, Ports.Length);
}
