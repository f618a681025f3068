using Fairway.Engine.Drivers;

namespace Fairway.Api.Metrics;

/// <summary>What the switch counted as a whole.</summary>
internal sealed class SwitchMetrics(ISwitchStatistics statistics) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        writer.Single("fairway_flows", MetricType.Gauge, "Connections in the flow table.", statistics.Flows());
        writer.Metric("fairway_dropped_packets_total", MetricType.Counter, "Packets dropped since the switch was loaded, by reason.");
        foreach (var (reason, packets) in statistics.Drops()) writer.Sample(packets, ("reason", reason.ToString()));
    }
}
