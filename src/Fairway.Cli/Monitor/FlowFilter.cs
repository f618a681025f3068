using Fairway.Cli.CommandLine;
using Fairway.Model.Flows;

namespace Fairway.Cli.Monitor;

/// <summary>Which events to show.</summary>
/// <param name="DropsOnly">Leave out new connections.</param>
/// <param name="Endpoints">Only these, by network and name; empty for all.</param>
internal sealed record FlowFilter(bool DropsOnly, IReadOnlyList<(string Network, string? Name)> Endpoints)
{
    public static async Task<FlowFilter> CreateAsync(Session session, bool dropsOnly, IReadOnlyList<string> references)
    {
        var endpoints = new List<(string, string?)>();
        foreach (var reference in references)
        {
            var endpoint = await session.Client.GetEndpointAsync(reference, session.Cancellation);
            var network = await session.Client.GetNetworkAsync(endpoint.Spec.NetworkId.ToString(), session.Cancellation);
            endpoints.Add((network.Spec.Name, endpoint.Spec.Name ?? endpoint.Spec.Id.ToString()));
        }
        return new FlowFilter(dropsOnly, endpoints);
    }

    public bool Shows(FlowEvent flow) =>
        (flow.Kind == FlowEventKind.Drop || !DropsOnly) && (Endpoints.Count == 0 || Endpoints.Any(endpoint => IsOf(flow, endpoint)));

    /// <summary>The event's network is the sender's where there is one: a receiver may be on another, reached through a publication.</summary>
    private static bool IsOf(FlowEvent flow, (string Network, string? Name) endpoint) =>
        (flow.From == endpoint.Name && flow.Network == endpoint.Network)
        || (flow.To == endpoint.Name && (flow.From is not null || flow.Network == endpoint.Network));
}
