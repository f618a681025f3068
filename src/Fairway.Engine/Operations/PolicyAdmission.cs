using Fairway.Engine.State;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Engine.Operations;

/// <summary>Lets a change of access rules in when the address sets it needs are there.</summary>
internal static class PolicyAdmission
{
    /// <exception cref="FairwayException">NotFound: a rule names a set the network does not have. Conflict: a set that goes is in use.</exception>
    public static void Check(HostState state, Guid owner, string subject, PolicyChange change)
    {
        var network = state.Endpoints.TryGetValue(owner, out var endpoint) ? endpoint.Spec.NetworkId : owner;
        var sets = state.PoliciesOf(network).Sets.ById;
        var gone = change.RemovedSets.ToHashSet(StringComparer.Ordinal);
        var come = change.AddedSets.Select(set => set.Id).ToHashSet(StringComparer.Ordinal);
        bool Exists(string id) => come.Contains(id) || (sets.ContainsKey(id) && !gone.Contains(id));
        foreach (var id in change.Added.Where(UsesSets).SelectMany(SetsOf).Concat(change.AddedSets.SelectMany(set => set.Sets)).Where(id => !Exists(id)))
        {
            throw new FairwayException(ErrorKind.NotFound, $"address set '{id}'",
                $"change access rules of {subject}: address set '{id}' does not exist in the network; create it first", HcnErrorCode.PolicyNotFound);
        }
        if (gone.Count > 0)
            CheckUnused(state, network, change, gone);
    }

    private static void CheckUnused(HostState state, Guid network, PolicyChange change, HashSet<string> gone)
    {
        var removed = change.Removed.Select(rule => rule.Number).ToHashSet();
        var owners = state.Networks[network].Endpoints.Values.Append(network);
        var users = owners.SelectMany(owner => state.PoliciesOf(owner).Rules.Values.Where(rule => owner != network || !removed.Contains(rule.Number))).SelectMany(SetsOf)
            .Concat(state.PoliciesOf(network).Sets.ById.Values.Where(set => !gone.Contains(set.Id)).SelectMany(set => set.Sets));
        if (users.FirstOrDefault(gone.Contains) is { } used)
        {
            throw new FairwayException(ErrorKind.Conflict, $"address set '{used}'",
                $"remove address set '{used}': a rule or a set uses it; remove or change that first", HcnErrorCode.EntityHasReferences);
        }
    }

    private static bool UsesSets(AclRule rule) => !rule.Local.Sets.IsEmpty || !rule.Remote.Sets.IsEmpty;

    private static IEnumerable<string> SetsOf(AclRule rule) => rule.Local.Sets.Concat(rule.Remote.Sets);
}
