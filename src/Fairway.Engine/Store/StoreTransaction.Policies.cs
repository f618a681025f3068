using Fairway.Model.Changes;
using Fairway.Model.Policies;

namespace Fairway.Engine.Store;

internal sealed partial class StoreTransaction
{
    /// <summary>Changes access rules or address sets.</summary>
    /// <returns>The change with the numbers given to new rules.</returns>
    public PolicyChange Change(Guid owner, string name, PolicyChange change)
    {
        if (change.IsEmpty)
            return change;
        var policies = State.PoliciesOf(owner).With(change, out var made);
        State = State.With(policies);
        _rows.Add(writer => writer.Policies.Put(owner, policies.LastNumber, made));
        Delta.Policies.Add(owner);
        if (State.Networks.TryGetValue(owner, out var scope) && (!made.AddedSets.IsEmpty || !made.RemovedSets.IsEmpty))
            Delta.Policies.UnionWith(scope.Endpoints.Values.Where(State.Policies.ContainsKey));
        Tell(ResourceKind.Policy, ChangeKind.Modified, owner, name);
        return made;
    }

    private void ForgetPolicies(Guid owner)
    {
        if (!State.Policies.ContainsKey(owner))
            return;
        State = State.WithoutPolicies(owner);
        _rows.Add(writer => writer.Policies.Delete(owner));
        Delta.Policies.Add(owner);
    }
}
