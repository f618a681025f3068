using System.Buffers.Binary;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;
using Fairway.Model.LoadBalancers;

namespace Fairway.Dataplane.LoadBalancers;

/// <summary>The ports of a load balancer as rows of the publications, one for each frontend and port.</summary>
internal static class ServiceTable
{
    public static IEnumerable<KeyValuePair<PublicationKey, PublicationRow>> RowsOf(LoadBalancerPlan balancer) =>
        from service in balancer.Services
        select KeyValuePair.Create(
            new PublicationKey(service.Frontend, service.Port, service.Protocol),
            new PublicationRow
            {
                Number = balancer.Number,
                Port = balancer.Source?.Port ?? 0,
                Generation = balancer.Source?.Generation ?? 0,
                Network = balancer.Source?.Network ?? 0,
                Flags = PublicationRow.Balanced | (service.Internal ? PublicationRow.Internal : 0) | (balancer.Source is null ? 0 : PublicationRow.Sourced) | (service.KeepsFrontend ? PublicationRow.Kept : 0) | Affinity(service.Affinity),
                TargetPort = BinaryPrimitives.ReverseEndianness(service.BackendPort),
                Target = balancer.Source is { } source ? new MappedAddress(source.Address) : default,
            });

    private static uint Affinity(SessionAffinity affinity) => affinity switch
    {
        SessionAffinity.SourceAddress => PublicationRow.BySource,
        SessionAffinity.SourceAddressAndProtocol => PublicationRow.BySourceProtocol,
        _ => 0,
    };
}
