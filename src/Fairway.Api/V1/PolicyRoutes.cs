using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Policies;
using Fairway.Model.Validation;

namespace Fairway.Api.V1;

/// <summary>Access rules of endpoints and networks, and the address sets of networks.</summary>
internal sealed class PolicyRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/endpoints/{reference}/rules", context => RuleAnswer.WriteAsync(context, StatusCodes.Status200OK, Rules(host.GetEndpoint(RouteReference.Of(context)).Spec.Id)))
            .Gives<IReadOnlyList<AclRule>>("The access rules of an endpoint, by number.");
        routes.MapPost("/v1/endpoints/{reference}/rules", context => AddAsync(context, isNetwork: false))
            .Turns<AclRule[], IReadOnlyList<AclRule>>("Adds access rules: all of them, or none.", StatusCodes.Status201Created);
        routes.MapDelete("/v1/endpoints/{reference}/rules", context => RemoveAsync(context, isNetwork: false))
            .Takes<string[]>("Removes access rules by their numbers or ids.");
        routes.MapGet("/v1/networks/{reference}/rules", context => RuleAnswer.WriteAsync(context, StatusCodes.Status200OK, Rules(host.GetNetwork(RouteReference.Of(context)).Spec.Id)))
            .Gives<IReadOnlyList<AclRule>>("The access rules of a network, by number.");
        routes.MapPost("/v1/networks/{reference}/rules", context => AddAsync(context, isNetwork: true))
            .Turns<AclRule[], IReadOnlyList<AclRule>>("Adds access rules for all endpoints of a network: all of them, or none.", StatusCodes.Status201Created);
        routes.MapDelete("/v1/networks/{reference}/rules", context => RemoveAsync(context, isNetwork: true))
            .Takes<string[]>("Removes access rules of a network by their numbers or ids.");
        routes.MapGet("/v1/networks/{reference}/sets", context => JsonAnswer.WriteAsync(context, Sets(context)))
            .Gives<IReadOnlyList<AddressSet>>("The address sets of a network, by id.");
        routes.MapPut("/v1/networks/{reference}/sets", PutSetsAsync)
            .Takes<AddressSet[]>("Creates address sets, or replaces those with the same ids.");
        routes.MapDelete("/v1/networks/{reference}/sets", RemoveSetsAsync)
            .Takes<string[]>("Removes address sets by their ids.");
    }

    private IEnumerable<AclRule> Rules(Guid owner) => host.PoliciesOf(owner).Rules.Values;

    private IReadOnlyList<AddressSet> Sets(HttpContext context) =>
        [.. host.PoliciesOf(host.GetNetwork(RouteReference.Of(context)).Spec.Id).Sets.ById.Values.OrderBy(set => set.Id, StringComparer.Ordinal)];

    private async Task AddAsync(HttpContext context, bool isNetwork)
    {
        var rules = await RequestBody.ReadAsync(context, AclRuleReader.Read);
        var subject = $"{(isNetwork ? "network" : "endpoint")} '{RouteReference.Of(context)}'";
        FairwayException.ThrowIfAny($"add access rules to {subject}", subject, [.. AclRuleValidator.Validate(rules), .. KindFindings(rules, isNetwork)]);
        var made = await ChangeAsync(context, isNetwork, _ => PolicyChange.Add([.. rules.Select(rule => rule.Number == 0 ? rule : rule with { Number = 0 })]));
        await RuleAnswer.WriteAsync(context, StatusCodes.Status201Created, made.Added);
    }

    private async Task RemoveAsync(HttpContext context, bool isNetwork)
    {
        var names = await RequestBody.ReadAsync<string[]>(context);
        await ChangeAsync(context, isNetwork, present => PolicyRequest.RemoveNamed(present, names));
        JsonAnswer.WriteNothing(context);
    }

    private async Task PutSetsAsync(HttpContext context)
    {
        var sets = await RequestBody.ReadAsync<AddressSet[]>(context);
        var subject = $"network '{RouteReference.Of(context)}'";
        FairwayException.ThrowIfAny($"change address sets of {subject}", subject, AclRuleValidator.Validate(sets));
        await ChangeAsync(context, isNetwork: true, _ => new PolicyChange([], [], [], [.. sets]));
        JsonAnswer.WriteNothing(context);
    }

    private async Task RemoveSetsAsync(HttpContext context)
    {
        var ids = await RequestBody.ReadAsync<string[]>(context);
        await ChangeAsync(context, isNetwork: true, present =>
            ids.FirstOrDefault(id => !present.Sets.ById.ContainsKey(id)) is { } missing
                ? throw new FairwayException(ErrorKind.NotFound, $"address set '{missing}'", $"remove address set '{missing}': it does not exist; list the sets for their ids", HcnErrorCode.PolicyNotFound)
                : new PolicyChange([], [], [.. ids], []));
        JsonAnswer.WriteNothing(context);
    }

    private Task<PolicyChange> ChangeAsync(HttpContext context, bool isNetwork, Func<PolicySet, PolicyChange> change) => isNetwork
        ? host.ChangeNetworkPoliciesAsync(RouteReference.Of(context), change, context.RequestAborted)
        : host.ChangeEndpointPoliciesAsync(RouteReference.Of(context), change, context.RequestAborted);

    private static IEnumerable<Finding> KindFindings(AclRule[] rules, bool isNetwork)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].Kind == PolicyKind.NetworkAcl != isNetwork)
                yield return new Finding($"$[{i}].Kind", isNetwork ? "rules of a network are of kind NetworkAcl" : "rules of an endpoint are of kind Acl or TierAcl", HcnErrorCode.InvalidPolicyType);
        }
    }
}
