using System.Collections.Immutable;
using Fairway.Model.Addressing;
using Fairway.Model.Collections;

namespace Fairway.Model.Endpoints;

/// <summary>A stored endpoint: the completed spec and what the host gave it.</summary>
/// <param name="Spec">The completed spec: id, name, all addresses, chosen host ports.</param>
/// <param name="Port">Dense port number of the switch, from 1; 0 when it is on another host.</param>
/// <param name="Generation">Grows each time the port number is reused.</param>
/// <param name="MacAddress">The MAC in force.</param>
/// <param name="Addresses">Addresses with prefix lengths.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Message">Why it is degraded, or null.</param>
/// <param name="Revision">Store revision of the last change.</param>
public sealed record Endpoint(EndpointSpec Spec, uint Port, uint Generation, MacAddress MacAddress,
    ImmutableArray<EndpointAddress> Addresses, EndpointState State, string? Message, long Revision)
{
    /// <summary>Addresses with prefix lengths.</summary>
    public ImmutableArray<EndpointAddress> Addresses { get; init => field = value.OrEmpty(); } = Addresses.OrEmpty();
}
