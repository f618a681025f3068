namespace Fairway.Api.Metrics;

/// <summary>A part of the daemon that has something to report on <c>/v1/metrics</c>. Asked once per scrape.</summary>
public interface IMetricSource
{
    void Write(MetricWriter writer);
}
