using System.Collections.Immutable;
using Fairway.Model.Policies;

namespace Fairway.Dataplane.Policies;

/// <summary>A rule with what it comes to.</summary>
internal sealed class RuleEntry(AclRule rule)
{
    private ImmutableArray<ServiceInterval> _services4;
    private ImmutableArray<ServiceInterval> _services6;
    private RuleTable? _alone4;
    private RuleTable? _alone6;

    public AclRule Rule => rule;

    /// <summary>Place in its tier.</summary>
    public ulong Rank { get; } = ((ulong)rule.Priority << 32) | rule.Number;

    /// <summary>Where it stands.</summary>
    public NodeKey[] Nodes { get; set; } = [];

    public ImmutableArray<ServiceInterval> Services(int family) => family == 0
        ? _services4.IsDefault ? _services4 = RuleExpansion.Services(rule, 0) : _services4
        : _services6.IsDefault ? _services6 = RuleExpansion.Services(rule, 1) : _services6;

    /// <summary>The table with this rule alone.</summary>
    public RuleTable Alone(int family) => family == 0 ? _alone4 ??= RuleTable.Of([this], 0) : _alone6 ??= RuleTable.Of([this], 1);
}
