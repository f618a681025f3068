using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Statistics;

namespace Fairway.Api.Metrics;

/// <summary>
/// Packets and bytes of attached endpoints. A scrape may not grow without bound, so only the first endpoints by network and name have
/// series of their own; how many were left out is a metric too.
/// </summary>
internal sealed class EndpointMetrics(IHostNetworking host, ISwitchStatistics statistics, int limit = 1000) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        var attached = host.Endpoints.Where(endpoint => endpoint.State is EndpointState.Attached or EndpointState.Degraded).ToList();
        var networks = host.Networks.ToDictionary(network => network.Spec.Id, network => network.Spec.Name);
        var read = attached.Take(limit)
            .Select(endpoint => (Network: networks.GetValueOrDefault(endpoint.Spec.NetworkId, ""), Name: endpoint.Spec.Name ?? endpoint.Spec.Id.ToString(),
                Counters: statistics.Read(endpoint.Port)))
            .ToList();

        Write("fairway_endpoint_packets_total", "Packets forwarded; received is towards the endpoint.",
            counters => counters.PacketsReceived, counters => counters.PacketsSent);
        Write("fairway_endpoint_bytes_total", "Bytes forwarded; received is towards the endpoint.",
            counters => counters.BytesReceived, counters => counters.BytesSent);
        Write("fairway_endpoint_dropped_packets_total", "Packets dropped; received is towards the endpoint.",
            counters => counters.DroppedIncoming, counters => counters.DroppedOutgoing);
        writer.Single("fairway_endpoints_without_series", MetricType.Gauge,
            $"Attached endpoints beyond the first {limit}, which have no series of their own.", Math.Max(0, attached.Count - limit));

        void Write(string name, string help, Func<PortStatistics, ulong> received, Func<PortStatistics, ulong> sent)
        {
            writer.Metric(name, MetricType.Counter, help);
            foreach (var (network, endpoint, counters) in read)
            {
                writer.Sample(received(counters), ("network", network), ("endpoint", endpoint), ("direction", "received"));
                writer.Sample(sent(counters), ("network", network), ("endpoint", endpoint), ("direction", "sent"));
            }
        }
    }
}
