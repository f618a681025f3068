using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Policies;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>Lists access rules.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="isNetwork">Whether the name is a network's; else an endpoint's.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The rules, by number.</returns>
    /// <exception cref="FairwayException">NotFound; the daemon cannot be reached.</exception>
    public Task<IReadOnlyList<AclRule>> ListRulesAsync(string reference, bool isNetwork, CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<AclRule>>(new Call(HttpMethod.Get, RulesPath(reference, isNetwork), "list access rules of", Subject(reference, isNetwork)), cancellation);

    /// <summary>Adds access rules: all of them, or none.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="isNetwork">Whether the name is a network's; else an endpoint's.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The rules, with their numbers.</returns>
    /// <exception cref="FairwayException">NotFound; InvalidArgument; Exhausted; the daemon cannot be reached.</exception>
    public Task<IReadOnlyList<AclRule>> AddRulesAsync(string reference, bool isNetwork, IReadOnlyList<AclRule> rules, CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<AclRule>>(
            new Call(HttpMethod.Post, RulesPath(reference, isNetwork), "add access rules to", Subject(reference, isNetwork), FairwayJson.SerializeToUtf8<AclRule[]>([.. rules])), cancellation);

    /// <summary>Removes access rules: all of them, or none.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="isNetwork">Whether the name is a network's; else an endpoint's.</param>
    /// <param name="names">Numbers or ids of rules.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when they are out of force.</returns>
    /// <exception cref="FairwayException">NotFound; the daemon cannot be reached.</exception>
    public Task RemoveRulesAsync(string reference, bool isNetwork, IReadOnlyList<string> names, CancellationToken cancellation = default) =>
        _http.SendAsync(
            new Call(HttpMethod.Delete, RulesPath(reference, isNetwork), "remove access rules of", Subject(reference, isNetwork), FairwayJson.SerializeToUtf8<string[]>([.. names])), cancellation);

    /// <summary>Lists the address sets of a network.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The sets, by id.</returns>
    /// <exception cref="FairwayException">NotFound; the daemon cannot be reached.</exception>
    public Task<IReadOnlyList<AddressSet>> ListSetsAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<AddressSet>>(new Call(HttpMethod.Get, Path("networks", reference) + "/sets", "list address sets of", Subject(reference, true)), cancellation);

    /// <summary>Creates address sets, or replaces those with the same ids; rules that use them follow at once.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when they are in force.</returns>
    /// <exception cref="FairwayException">NotFound; InvalidArgument; the daemon cannot be reached.</exception>
    public Task PutSetsAsync(string reference, IReadOnlyList<AddressSet> sets, CancellationToken cancellation = default) =>
        _http.SendAsync(new Call(HttpMethod.Put, Path("networks", reference) + "/sets", "change address sets of", Subject(reference, true), FairwayJson.SerializeToUtf8<AddressSet[]>([.. sets])), cancellation);

    /// <summary>Removes address sets that nothing uses.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when they are gone.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict; the daemon cannot be reached.</exception>
    public Task RemoveSetsAsync(string reference, IReadOnlyList<string> ids, CancellationToken cancellation = default) =>
        _http.SendAsync(new Call(HttpMethod.Delete, Path("networks", reference) + "/sets", "remove address sets of", Subject(reference, true), FairwayJson.SerializeToUtf8<string[]>([.. ids])), cancellation);

    private static string RulesPath(string reference, bool isNetwork) => Path(isNetwork ? "networks" : "endpoints", reference) + "/rules";

    private static string Subject(string reference, bool isNetwork) => $"{(isNetwork ? "network" : "endpoint")} '{reference}'";
}
