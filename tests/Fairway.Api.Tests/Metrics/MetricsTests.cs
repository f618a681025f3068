using Fairway.Api.Metrics;
using Fairway.Api.Tests.Fixtures;
using Fairway.Model.Flows;
using Fairway.Model.Statistics;

namespace Fairway.Api.Tests.Metrics;

public sealed class MetricsTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Metrics_CountWhatHappened()
    {
        await _server.SendAsync(HttpMethod.Post, "/v1/networks", """{"Name":"web"}""");
        await _server.SendAsync(HttpMethod.Post, "/v1/namespaces", """{"Name":"c1"}""");
        await _server.SendAsync(HttpMethod.Post, "/v1/endpoints", """{"Network":"web","Name":"db"}""");
        await _server.SendAsync(HttpMethod.Post, "/v1/endpoints/db/attach", """{"Namespace":"c1"}""");
        _server.Switch.Ports[1] = new PortStatistics(10, 1000, 20, 2000, 1, 2);
        _server.Switch.DropCounts[DropReason.Unpublished] = 3;

        var lines = (await _server.SendAsync(HttpMethod.Get, "/v1/metrics")).Text.Split('\n');

        Assert.Contains("fairway_build_info{version=\"1.2.3\",instance=\"test\"} 1", lines);
        Assert.Contains($"fairway_revision {_server.Host.Revision}", lines);
        Assert.Contains("fairway_networks{type=\"Nat\"} 1", lines);
        Assert.Contains("fairway_endpoints{state=\"Attached\"} 1", lines);
        Assert.Contains("fairway_namespaces 1", lines);
        Assert.Contains("fairway_flows 7", lines);
        Assert.Contains("fairway_dropped_packets_total{reason=\"Unpublished\"} 3", lines);
        Assert.Contains("fairway_endpoint_bytes_total{network=\"web\",endpoint=\"db\",direction=\"sent\"} 2000", lines);
        Assert.Contains("fairway_endpoint_dropped_packets_total{network=\"web\",endpoint=\"db\",direction=\"received\"} 1", lines);
        Assert.Contains("fairway_operation_duration_seconds_bucket{operation=\"attach\",le=\"+Inf\"} 1", lines);
        Assert.Contains("fairway_operation_duration_seconds_count{operation=\"detach\"} 0", lines);
        Assert.Contains(lines, line => line.StartsWith("process_resident_memory_bytes ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_ArePrometheusText()
    {
        await _server.SendAsync(HttpMethod.Post, "/v1/networks", """{"Name":"web"}""");

        var text = (await _server.SendAsync(HttpMethod.Get, "/v1/metrics")).Text;

        Assert.Equal([], ExpositionFormat.Faults(text));
    }

    [Fact]
    public void Labels_AreEscaped() => Assert.Equal("# HELP m h\n# TYPE m gauge\nm{l=\"a\\\"b\\\\c\\nd\"} 1.5\n",
        new MetricWriter().Metric("m", MetricType.Gauge, "h").Sample(1.5, ("l", "a\"b\\c\nd")).ToString());

    [Fact]
    public void Histogram_CountsIntoTheBucketsAboveAndBelow()
    {
        var histogram = new Histogram(TimeProvider.System);
        foreach (var milliseconds in new[] { 0.1, 0.5, 0.6, 2.5, 20_000 }) histogram.Observe(TimeSpan.FromMilliseconds(milliseconds));

        var lines = new MetricWriter().Metric("h", MetricType.Histogram, "help").Histogram(histogram, "o", "x").ToString().Split('\n');

        Assert.Contains("h_bucket{o=\"x\",le=\"0.0005\"} 2", lines);
        Assert.Contains("h_bucket{o=\"x\",le=\"0.001\"} 3", lines);
        Assert.Contains("h_bucket{o=\"x\",le=\"0.0025\"} 4", lines);
        Assert.Contains("h_bucket{o=\"x\",le=\"10\"} 4", lines);
        Assert.Contains("h_bucket{o=\"x\",le=\"+Inf\"} 5", lines);
        Assert.Contains("h_count{o=\"x\"} 5", lines);
        Assert.Contains("h_sum{o=\"x\"} 20.0037", lines);
    }

    [Fact]
    public async Task Endpoints_BeyondTheLimit_HaveNoSeries_AndAreCounted()
    {
        await _server.SendAsync(HttpMethod.Post, "/v1/networks", """{"Name":"web"}""");
        await _server.SendAsync(HttpMethod.Post, "/v1/namespaces", """{"Name":"c1"}""");
        for (var i = 0; i < 5; i++)
            await _server.SendAsync(HttpMethod.Post, "/v1/endpoints", $$"""{"Network":"web","Name":"e{{i}}","Namespace":"c1","InterfaceName":"e{{i}}"}""");

        var writer = new MetricWriter();
        new EndpointMetrics(_server.Host, _server.Switch, limit: 3).Write(writer);

        var lines = writer.ToString().Split('\n');
        Assert.Contains("fairway_endpoints_without_series 2", lines);
        Assert.Equal(6, lines.Count(line => line.StartsWith("fairway_endpoint_packets_total{", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("endpoint=\"e3\"", StringComparison.Ordinal));
    }
}
