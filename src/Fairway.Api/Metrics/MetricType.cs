namespace Fairway.Api.Metrics;

/// <summary>What a metric is, in the exposition format's words.</summary>
public enum MetricType
{
    /// <summary>Goes up and down.</summary>
    Gauge,
    /// <summary>Only grows, until the process restarts.</summary>
    Counter,
    /// <summary>Cumulative buckets with sum and count.</summary>
    Histogram,
}
