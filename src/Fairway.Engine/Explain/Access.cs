using Fairway.Engine.Plan;
using Fairway.Model.Flows;
using Fairway.Model.Policies;

namespace Fairway.Engine.Explain;

/// <summary>Access rules: those of the network, then the endpoint's. A direction with rules none of which matches is closed.</summary>
internal static class Access
{
    public static Judgement Judge(HostView host, EndpointPlan endpoint, PolicyTuple tuple)
    {
        var network = host.Network(endpoint.Network);
        var (ofNetwork, ofEndpoint) = (host.Rules(network.Id), host.Rules(endpoint.Id));
        var direction = tuple.Direction == PolicyDirection.Out ? "outgoing" : "incoming";
        if (!HasAny(ofNetwork, tuple) && !HasAny(ofEndpoint, tuple))
            return new Judgement(true, null, null, false, $"'{endpoint.Name}' and network '{network.Name}' have no {direction} rules");
        var verdict = PolicyEvaluator.Evaluate([.. RulesOf(ofNetwork), .. RulesOf(ofEndpoint)], ofNetwork?.Policies.Sets ?? ofEndpoint!.Sets, tuple);
        if (verdict.Rule is not { } rule)
        {
            var (last, isNetwork) = HasAny(ofEndpoint, tuple) ? (endpoint.Name, false) : (network.Name, true);
            return new Judgement(false, new FlowRule(isNetwork ? PolicyKind.NetworkAcl : PolicyKind.Acl, last, null, null, PolicyAction.Block), null, isNetwork,
                $"no rule allows it: the {direction} rules of {(isNetwork ? "network" : "endpoint")} '{last}' are closed to what none of them allows");
        }
        var owner = rule.Kind == PolicyKind.NetworkAcl ? network.Name : endpoint.Name;
        var decided = new FlowRule(rule.Kind, owner, rule.Tier, rule.Id ?? $"{rule.Number}", rule.Action);
        return new Judgement(verdict.Allowed, decided, rule, rule.Kind == PolicyKind.NetworkAcl, $"{(verdict.Allowed ? "allowed" : "blocked")} by {Text(decided, rule)}");
    }

    private static string Text(FlowRule decided, AclRule rule)
    {
        var tier = decided.Tier is null ? "" : $", tier '{decided.Tier}'";
        return $"rule '{decided.Rule}' ({decided.Policy} of '{decided.Owner}'{tier}, priority {rule.Priority})";
    }

    private static bool HasAny(PolicyPlan? plan, PolicyTuple tuple) => plan is not null && plan.Policies.Rules.Values.Any(rule => rule.Direction == tuple.Direction);

    private static IEnumerable<AclRule> RulesOf(PolicyPlan? plan) => plan?.Policies.Rules.Values ?? [];
}
