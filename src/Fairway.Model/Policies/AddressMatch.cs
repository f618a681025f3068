using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;

namespace Fairway.Model.Policies;

/// <summary>One side's addresses of an access rule. Without prefixes and sets it matches every address.</summary>
public sealed record AddressMatch
{
    /// <summary>Every address.</summary>
    public static AddressMatch Any { get; } = new();

    /// <summary>Prefixes, either family.</summary>
    public ImmutableArray<IPNetwork> Prefixes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Ids of address sets of the network.</summary>
    public ImmutableArray<string> Sets { get; init => field = value.OrEmpty(); } = [];

    /// <summary>True when it names nothing and so matches every address.</summary>
    public bool IsAny() => Prefixes.IsEmpty && Sets.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(AddressMatch? other) => other is not null && Prefixes.SequenceEqual(other.Prefixes) && Sets.SequenceEqual(other.Sets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Prefixes.Length, Sets.Length, Prefixes.FirstOrDefault(), Sets.FirstOrDefault());

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Prefixes.Select(prefix => prefix.ToString()).Concat(Sets));
}
