namespace Fairway.Api.Metrics;

/// <summary>How long attaching and detaching took.</summary>
internal sealed class OperationMetrics(OperationTimes times) : IMetricSource
{
    public void Write(MetricWriter writer) => writer
        .Metric("fairway_operation_duration_seconds", MetricType.Histogram, "Duration of successful operations, from parsed request to kernel in place.")
        .Histogram(times.Attach, "operation", "attach")
        .Histogram(times.Detach, "operation", "detach");
}
