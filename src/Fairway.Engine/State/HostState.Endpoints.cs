using System.Collections.Immutable;
using Fairway.Model.Endpoints;

namespace Fairway.Engine.State;

internal sealed partial record HostState
{
    /// <summary>Enters an endpoint, or replaces it. Its leases and publications are entered by themselves.</summary>
    public HostState With(Endpoint endpoint)
    {
        var state = Endpoints.TryGetValue(endpoint.Spec.Id, out var old) ? Unindexed(old) : this;
        return state.Indexed(endpoint) with { Endpoints = Endpoints.SetItem(endpoint.Spec.Id, endpoint) };
    }

    /// <summary>Takes an endpoint out. Its leases and publications go by themselves.</summary>
    public HostState WithoutEndpoint(Guid id) => Unindexed(Endpoints[id]) with { Endpoints = Endpoints.Remove(id) };

    /// <summary>Enters publications of an endpoint at the end of those it has. Thousands at once cost no more than each alone.</summary>
    public HostState With(Guid endpoint, IReadOnlyCollection<NumberedPublication> publications)
    {
        var byNumber = Publications.ToBuilder();
        var (numbers, ports) = (PublicationNumbers, Ports);
        foreach (var publication in publications)
        {
            ports = ports.Add(publication);
            foreach (var number in publication.Numbers)
            {
                byNumber[number] = publication;
                numbers = numbers.Restore(number);
            }
        }
        return this with
        {
            Publications = byNumber.ToImmutable(),
            PublicationNumbers = numbers,
            Ports = ports,
            EndpointPublications = EndpointPublications.SetItem(endpoint, PublicationsOf(endpoint).AddRange(publications)),
        };
    }

    public HostState Without(NumberedPublication publication)
    {
        var rest = PublicationsOf(publication.Endpoint).RemoveAll(other => ReferenceEquals(other, publication));
        var state = this;
        foreach (var number in publication.Numbers)
        {
            state = state with
            {
                Publications = state.Publications.Remove(number),
                PublicationNumbers = state.PublicationNumbers.Free(number),
            };
        }
        return state with
        {
            Ports = Ports.Remove(publication),
            EndpointPublications = rest.IsEmpty
                ? EndpointPublications.Remove(publication.Endpoint)
                : EndpointPublications.SetItem(publication.Endpoint, rest),
        };
    }

    private HostState Indexed(Endpoint endpoint)
    {
        var (spec, id) = (endpoint.Spec, endpoint.Spec.Id);
        var state = this with { PortNumbers = endpoint.Port == 0 ? PortNumbers : PortNumbers.Restore(endpoint.Port) };
        state = state.With(spec.NetworkId, scope => scope with
        {
            Endpoints = scope.Endpoints.SetItem(spec.Name!, id),
            Macs = scope.Macs.SetItem(endpoint.MacAddress, id),
        });
        if (spec.NamespaceId is { } compartment)
            state = state with { Namespaces = Namespaces.SetItem(compartment, Namespaces[compartment].With(spec.InterfaceName, id)) };
        if (spec.Owner is { } owner)
            state = state with { Owners = Owners.SetItem(OwnerKey.Of(owner), OwnedBy(owner).Add(id)) };
        return state;
    }

    private HostState Unindexed(Endpoint endpoint)
    {
        var (spec, id) = (endpoint.Spec, endpoint.Spec.Id);
        var state = this with { PortNumbers = endpoint.Port == 0 ? PortNumbers : PortNumbers.Free(endpoint.Port) };
        state = state.With(spec.NetworkId, scope => scope with
        {
            Endpoints = scope.Endpoints.Remove(spec.Name!),
            Macs = scope.Macs.Remove(endpoint.MacAddress),
        });
        if (spec.NamespaceId is { } compartment)
            state = state with { Namespaces = Namespaces.SetItem(compartment, Namespaces[compartment].Without(spec.InterfaceName, id)) };
        if (spec.Owner is { } owner)
        {
            var others = OwnedBy(owner).Remove(id);
            state = state with { Owners = others.IsEmpty ? Owners.Remove(OwnerKey.Of(owner)) : Owners.SetItem(OwnerKey.Of(owner), others) };
        }
        return state;
    }

    /// <summary>Endpoints of a workload.</summary>
    public ImmutableHashSet<Guid> OwnedBy(Owner owner) => Owners.GetValueOrDefault(OwnerKey.Of(owner), []);
}
