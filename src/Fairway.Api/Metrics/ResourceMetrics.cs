using Fairway.Engine.Operations;

namespace Fairway.Api.Metrics;

/// <summary>What is stored, by kind and state.</summary>
internal sealed class ResourceMetrics(IHostNetworking host) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        writer.Single("fairway_revision", MetricType.Gauge, "Revision of the last committed change.", host.Revision);
        writer.Metric("fairway_networks", MetricType.Gauge, "Networks by type.");
        foreach (var group in host.Networks.CountBy(network => network.Spec.Type)) writer.Sample(group.Value, ("type", group.Key.ToString()));
        writer.Metric("fairway_endpoints", MetricType.Gauge, "Endpoints by state.");
        foreach (var group in host.Endpoints.CountBy(endpoint => endpoint.State)) writer.Sample(group.Value, ("state", group.Key.ToString()));
        writer.Single("fairway_namespaces", MetricType.Gauge, "Namespaces.", host.Namespaces.Count);
        writer.Single("fairway_publications", MetricType.Gauge, "Published ports and port ranges.",
            host.Endpoints.Sum(endpoint => endpoint.Spec.Publications.Length));
    }
}
