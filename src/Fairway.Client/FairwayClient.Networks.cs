using System.Net;
using Fairway.Client.Transport;
using Fairway.Model.Dns;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Networks;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>All networks, by name.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The networks.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<IReadOnlyList<Network>> ListNetworksAsync(CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<Network>>(new Call(HttpMethod.Get, "/v1/networks", "list", "networks"), cancellation);

    /// <summary>Finds a network.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The network.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several ids begin so; the daemon cannot be reached.</exception>
    public Task<Network> GetNetworkAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<Network>(Calls.GetNetwork(reference), cancellation);

    /// <summary>Creates a network. Without subnets it gets one IPv4 and one IPv6 prefix from the host's pools.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The network, with everything that was chosen.</returns>
    /// <exception cref="FairwayException">
    /// AlreadyExists, InvalidArgument, Conflict (a prefix overlaps), Exhausted (the pools), Unsupported; the daemon cannot be reached.
    /// </exception>
    public Task<Network> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return _http.SendAsync<Network>(Calls.CreateNetwork(spec), cancellation);
    }

    /// <summary>Deletes a network that has no endpoints.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when the network is gone.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict while it has endpoints; the daemon cannot be reached.</exception>
    public Task DeleteNetworkAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync(Calls.DeleteNetwork(reference), cancellation);

    /// <summary>Gives a network one more subnet, of which endpoints made from then on get an address too.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="subnet">The subnet; a gateway that is not given is chosen.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The network.</returns>
    /// <exception cref="FairwayException">NotFound; InvalidArgument; Conflict (the prefix overlaps); the daemon cannot be reached.</exception>
    public Task<Network> AddSubnetAsync(string reference, SubnetSpec subnet, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subnet);
        return _http.SendAsync<Network>(
            new Call(HttpMethod.Post, $"{Path("networks", reference)}/subnets", "add a subnet to", $"network '{reference}'", FairwayJson.SerializeToUtf8(subnet)), cancellation);
    }

    /// <summary>Takes subnets from a network in which no endpoint has an address: all of them, or none.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="prefixes">Their prefixes.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The network.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict (an endpoint has an address there); the daemon cannot be reached.</exception>
    public Task<Network> RemoveSubnetsAsync(string reference, IReadOnlyList<IPNetwork> prefixes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        return _http.SendAsync<Network>(
            new Call(HttpMethod.Delete, $"{Path("networks", reference)}/subnets", "remove subnets of", $"network '{reference}'", FairwayJson.SerializeToUtf8<IPNetwork[]>([.. prefixes])), cancellation);
    }

    /// <summary>Replaces a network's resolver settings.</summary>
    /// <param name="reference">Name, id or unambiguous id prefix.</param>
    /// <param name="settings">All of them: what is empty here is empty then.</param>
    /// <param name="cancellation">Gives up waiting; the daemon may have done it.</param>
    /// <returns>The network, as it is then.</returns>
    public Task<Network> SetNetworkDnsAsync(string reference, DnsSettings settings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _http.SendAsync<Network>(
            new Call(HttpMethod.Post, $"{Path("networks", reference)}/dns", "set name service of", $"network '{reference}'", FairwayJson.SerializeToUtf8(settings)), cancellation);
    }
}
