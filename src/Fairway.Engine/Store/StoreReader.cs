using System.Net;
using Fairway.Engine.State;
using Fairway.Engine.Store.Rows;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store;

/// <summary>Builds the state from the rows, through the same steps that made it when it was written.</summary>
internal static class StoreReader
{
    public static HostState Read(SqliteConnection connection, Dictionary<string, string> facts)
    {
        var state = HostState.Empty with
        {
            Revision = long.Parse(facts[FactRows.Revision]),
            HostPrefix = IPNetwork.Parse(facts[FactRows.HostPrefix]),
            BootId = facts.GetValueOrDefault(FactRows.BootId, ""),
        };
        state = NetworkRows.Load(connection).Aggregate(state, (next, network) => next.With(network));
        state = NamespaceRows.Load(connection).Aggregate(state, (next, known) => next.With(known.Spec, known.Revision));
        state = ReadEndpoints(connection, state);
        state = PolicyRows.Load(connection).Aggregate(state, (next, policies) => next.With(policies));
        state = LoadBalancerRows.Load(connection).Aggregate(state, (next, balancer) => next.With(balancer));
        state = RouteRows.Load(connection).Aggregate(state, (next, route) => next.With(route));
        state = LeaseRows.Load(connection).Aggregate(state, (next, lease) => next.With(lease));
        state = NumberRows.LoadGenerations(connection).Aggregate(state, (next, row) => next.WithGeneration(row.Port, row.Generation));
        state = NumberRows.LoadCursors(connection).Aggregate(state, (next, row) => next.With(row.Kind, next.Numbers(row.Kind) with { Cursor = row.Number }));
        return LeaseRows.LoadPositions(connection).Aggregate(state, WithPosition);
    }

    private static HostState ReadEndpoints(SqliteConnection connection, HostState state)
    {
        var publications = PublicationRows.Load(connection).ToLookup(publication => publication.Endpoint);
        foreach (var endpoint in EndpointRows.Load(connection))
        {
            var published = publications[endpoint.Spec.Id].ToList();
            state = state.With(endpoint with { Spec = endpoint.Spec with { Publications = [.. published.Select(publication => publication.Publication)] } });
            if (published.Count > 0)
                state = state.With(endpoint.Spec.Id, published);
        }
        return state;
    }

    private static HostState WithPosition(HostState state, (Guid Network, IPNetwork Prefix, UInt128 Position) row)
    {
        var subnets = state.Networks[row.Network].Subnets;
        var index = subnets.ToList().FindIndex(subnet => subnet.Spec.Prefix.Equals(row.Prefix));
        return index < 0 ? state : state.With(row.Network, index, subnets[index] with { Position = row.Position });
    }
}
