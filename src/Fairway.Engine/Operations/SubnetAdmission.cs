using System.Net;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Engine.Operations;

/// <summary>Lets subnets and parts of subnets go when no endpoint has an address in them, and others come when no endpoint has an address they take.</summary>
internal static class SubnetAdmission
{
    /// <summary>Checks what a network's subnets become against the addresses its endpoints have.</summary>
    /// <param name="state">The state of the write.</param>
    /// <param name="scope">The network as it is.</param>
    /// <param name="spec">What it becomes, with gateways.</param>
    /// <exception cref="FairwayException">Conflict, naming an endpoint; InvalidArgument: no subnet would be left.</exception>
    public static void Check(HostState state, NetworkScope scope, NetworkSpec spec)
    {
        var present = scope.Network.Spec;
        if (spec.Subnets.IsEmpty && !present.Subnets.IsEmpty)
        {
            throw Refusal.At("$.Subnets", ErrorKind.InvalidArgument, $"network '{spec.Name}'",
                $"subnet {present.Subnets[^1].Prefix} is the last one of network '{spec.Name}'; add another one first, or delete the network", HcnErrorCode.InvalidSubnet);
        }
        for (var i = 0; i < present.Subnets.Length; i++)
        {
            var old = present.Subnets[i];
            var kept = spec.Subnets.FirstOrDefault(subnet => subnet.Prefix.Equals(old.Prefix));
            if (kept is null)
                RequireFree(state, scope, old.Prefix, "subnet", $"$.Subnets[{i}]", HcnErrorCode.EntityHasReferences);
            else if (!Equals(kept.Gateway, old.Gateway))
                RequireFree(state, scope, old.Prefix, $"gateway {old.Gateway} of subnet", $"$.Subnets[{i}].Gateway", HcnErrorCode.EntityHasReferences);
            for (var j = 0; kept is not null && j < old.Parts.Length; j++)
            {
                if (!kept.Parts.Any(part => part.Prefix.Equals(old.Parts[j].Prefix)))
                    RequireFree(state, scope, old.Parts[j].Prefix, "part", $"$.Subnets[{i}].Parts[{j}]", HcnErrorCode.EntityHasReferences);
            }
        }
    }

    private static void RequireFree(HostState state, NetworkScope scope, IPNetwork prefix, string what, string path, uint code)
    {
        Guid[] holders = [.. scope.Leases.Values.Where(lease => lease.FreedAt is null && prefix.Covers(lease.Address)).Select(lease => lease.Endpoint).Distinct()];
        if (holders.Length == 0)
            return;
        var name = References.FullName(state, state.Endpoints[holders.MinBy(id => state.Endpoints[id].Spec.Name, StringComparer.Ordinal)]);
        var users = holders.Length == 1 ? $"endpoint '{name}' has an address in it; delete that" : $"endpoint '{name}' and {holders.Length - 1} more have addresses in it; delete those";
        throw Refusal.At(path, ErrorKind.Conflict, $"{what} {prefix}", $"{what} {prefix} is in use: {users} first", code);
    }
}
