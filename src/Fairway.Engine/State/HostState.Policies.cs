using System.Collections.Immutable;
using Fairway.Model.Policies;

namespace Fairway.Engine.State;

internal sealed partial record HostState
{
    /// <summary>Access rules and address sets, by the endpoint or network they are of; owners that never had any are left out.</summary>
    public ImmutableDictionary<Guid, PolicySet> Policies { get; private init; } = ImmutableDictionary<Guid, PolicySet>.Empty;

    public PolicySet PoliciesOf(Guid owner) => Policies.GetValueOrDefault(owner) ?? PolicySet.Empty(owner);

    public HostState With(PolicySet policies) => this with { Policies = Policies.SetItem(policies.Owner, policies) };

    public HostState WithoutPolicies(Guid owner) => this with { Policies = Policies.Remove(owner) };
}
