using Fairway.Engine.State;
using Fairway.Model.Endpoints;

namespace Fairway.Engine.Operations;

/// <summary>An endpoint as a write left it.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Publications">The numbers of its publications.</param>
internal sealed record EnteredEndpoint(Endpoint Endpoint, IReadOnlyCollection<uint> Publications)
{
    public static EnteredEndpoint Of(HostState state, Guid id) => new(state.Endpoints[id], NumbersOf(state, id));

    public static IReadOnlyCollection<uint> NumbersOf(HostState state, Guid endpoint) =>
        [.. state.PublicationsOf(endpoint).SelectMany(publication => publication.Numbers)];
}
