using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Engine.Ipam;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Engine.Operations;

/// <summary>Numbers publications and lets them in when nobody has their ports.</summary>
internal static class PublicationAdmission
{
    /// <summary>Checks publications of an endpoint and numbers them; the caller enters them.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="endpoint">The endpoint, with its addresses.</param>
    /// <param name="asked">Valid publications with host ports.</param>
    /// <param name="path">JSON path of the member that holds them.</param>
    /// <exception cref="FairwayException">Something is in the way.</exception>
    public static ImmutableArray<NumberedPublication> Admit(StoreTransaction transaction, Endpoint endpoint, IReadOnlyList<PortPublication> asked, string path)
    {
        var numbered = ImmutableArray.CreateBuilder<NumberedPublication>(asked.Count);
        for (var i = 0; i < asked.Count; i++)
        {
            CheckReachable(transaction.State.Network(endpoint.Spec.NetworkId), endpoint, asked[i], $"{path}[{i}]");
            HostPorts.CheckUnclaimed(transaction.State, asked[i], $"{path}[{i}]", endpoint.Spec.Name!);
            numbered.Add(new NumberedPublication(
                endpoint.Spec.Id,
                asked[i],
                Leads(endpoint, asked[i], AddressFamily.InterNetwork) ? transaction.TakeNumber(NumberKind.Publication) : 0,
                Leads(endpoint, asked[i], AddressFamily.InterNetworkV6) ? transaction.TakeNumber(NumberKind.Publication) : 0));
        }
        return numbered.MoveToImmutable();
    }

    private static bool Leads(Endpoint endpoint, PortPublication publication, AddressFamily family) =>
        HostAddresses.Covers(publication.HostAddress, family) && endpoint.Addresses.Any(address => address.Address.AddressFamily == family);

    private static void CheckReachable(Network network, Endpoint endpoint, PortPublication publication, string path)
    {
        var subject = $"port {PublicationText.Format(publication)}";
        if (!network.Spec.Traits.IsTranslated)
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, subject,
                $"publish {PublicationText.Format(publication)} of endpoint '{endpoint.Spec.Name}': network '{network.Spec.Name}' is {network.Spec.Type.ToString().ToLowerInvariant()} "
                + "and has no way in; leave the publication out, or use a network of type Nat", HcnErrorCode.MappingNotSupported);
        }
        if (Leads(endpoint, publication, AddressFamily.InterNetwork) || Leads(endpoint, publication, AddressFamily.InterNetworkV6))
            return;
        throw Refusal.At($"{path}.HostAddress", ErrorKind.InvalidArgument, subject,
            $"publish {PublicationText.Format(publication)} of endpoint '{endpoint.Spec.Name}': the endpoint has no address of the host address's family; "
            + "choose a host address of the endpoint's family, or leave it out", HcnErrorCode.MappingNotSupported);
    }
}
