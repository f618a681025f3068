using System.Collections.Immutable;

namespace Fairway.Model.Policies;

/// <summary>A change of a <see cref="PolicySet"/>. No packet sees half of it.</summary>
/// <param name="Removed">Rules that go.</param>
/// <param name="Added">Rules that come.</param>
/// <param name="RemovedSets">Ids of address sets that go.</param>
/// <param name="AddedSets">Address sets that come, or take the place of one with the same id.</param>
public sealed record PolicyChange(ImmutableArray<AclRule> Removed, ImmutableArray<AclRule> Added, ImmutableArray<string> RemovedSets, ImmutableArray<AddressSet> AddedSets)
{
    /// <summary>Rules that come.</summary>
    public static PolicyChange Add(params ImmutableArray<AclRule> rules) => new([], rules, [], []);

    /// <summary>Rules that go.</summary>
    public static PolicyChange Remove(params ImmutableArray<AclRule> rules) => new(rules, [], [], []);

    /// <summary>True when nothing changes.</summary>
    public bool IsEmpty => Removed.IsEmpty && Added.IsEmpty && RemovedSets.IsEmpty && AddedSets.IsEmpty;
}
