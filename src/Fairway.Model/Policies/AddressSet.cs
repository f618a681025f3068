using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;

namespace Fairway.Model.Policies;

/// <summary>Addresses of a network under a name that its access rules use (HCN: SetPolicy).</summary>
public sealed record AddressSet
{
    /// <summary>What rules call it, unique per network.</summary>
    public required string Id { get; init; }
    /// <summary>Display name, or null.</summary>
    public string? Name { get; init; }
    /// <summary>Whether it is made of other sets.</summary>
    public bool Nested { get; init; }
    /// <summary>Its prefixes; none when nested.</summary>
    public ImmutableArray<IPNetwork> Prefixes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Ids of the sets it is made of, which are not nested themselves; none unless nested.</summary>
    public ImmutableArray<string> Sets { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The HCN document as received (JSON object), so that unknown fields are returned; null when made otherwise.</summary>
    public string? Document { get; init; }

    /// <summary>True when both say the same, whatever their documents.</summary>
    public bool IsSame(AddressSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Id == other.Id && Name == other.Name && Nested == other.Nested && Prefixes.SequenceEqual(other.Prefixes) && Sets.SequenceEqual(other.Sets);
    }
}
