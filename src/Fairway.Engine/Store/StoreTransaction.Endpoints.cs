using System.Collections.Immutable;
using Fairway.Engine.State;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;

namespace Fairway.Engine.Store;

internal sealed partial class StoreTransaction
{
    /// <summary>Enters or replaces an endpoint.</summary>
    public void Put(Endpoint endpoint, params ReadOnlySpan<ChangeKind> told)
    {
        endpoint = endpoint with { Revision = Revision };
        var (spec, id) = (endpoint.Spec, endpoint.Spec.Id);
        var attached = State.Endpoints.TryGetValue(id, out var old) ? old.Spec.NamespaceId : null;
        State = State.With(endpoint);
        _rows.Add(writer => writer.Endpoints.Put(endpoint));
        Delta.Endpoints.Add(id);
        if (attached != spec.NamespaceId)
            TouchPublications(id);
        foreach (var kind in told)
            Tell(ResourceKind.Endpoint, kind, id, spec.Name);
    }

    /// <summary>Takes an endpoint out with its publications; its addresses rest.</summary>
    public void Delete(Endpoint endpoint)
    {
        var id = endpoint.Spec.Id;
        foreach (var publication in State.PublicationsOf(id))
            Delete(publication);
        foreach (var address in endpoint.Addresses)
            Put(State.Networks[endpoint.Spec.NetworkId].Leases[address.Address] with { FreedAt = Now });
        ForgetPolicies(id);
        LeaveBalancers(id);
        LeaveRoutes(id);
        State = State.WithoutEndpoint(id);
        _rows.Add(writer => writer.Endpoints.Delete(id));
        Delta.Endpoints.Add(id);
        Tell(ResourceKind.Endpoint, ChangeKind.Deleted, id, endpoint.Spec.Name);
    }

    /// <summary>Enters publications at the end of their endpoint's; the endpoint's spec is the caller's to change.</summary>
    public void Put(Guid endpoint, IReadOnlyCollection<NumberedPublication> publications)
    {
        if (publications.Count == 0)
            return;
        State = State.With(endpoint, publications);
        foreach (var publication in publications)
        {
            _rows.Add(writer => writer.Publications.Put(publication));
            Delta.Publications.UnionWith(publication.Numbers);
        }
    }

    /// <summary>Takes a publication out; the endpoint's spec is the caller's to change.</summary>
    public void Delete(NumberedPublication publication)
    {
        State = State.Without(publication);
        _rows.Add(writer => writer.Publications.Delete(publication));
        Delta.Publications.UnionWith(publication.Numbers);
    }

    /// <summary>Enters a lease, in use or resting.</summary>
    public void Put(Lease lease)
    {
        State = State.With(lease);
        _rows.Add(writer => writer.Leases.Put(lease));
    }

    /// <summary>Notes where the search for the next address of a subnet begins, and which addresses rested long enough.</summary>
    public void Put(Guid network, int subnet, Ipam.SubnetPool pool, ImmutableArray<System.Net.IPAddress> woken)
    {
        State = State.With(network, subnet, pool);
        _rows.Add(writer => writer.Leases.PutPosition(network, pool));
        if (woken.IsEmpty)
            return;
        State = State.WithoutLeases(network, woken);
        _rows.Add(writer => writer.Leases.Delete(network, woken));
    }

    private void TouchPublications(Guid endpoint)
    {
        foreach (var publication in State.PublicationsOf(endpoint))
            Delta.Publications.UnionWith(publication.Numbers);
    }
}
