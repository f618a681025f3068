using System.Globalization;
using System.Text;

namespace Fairway.Api.Metrics;

/// <summary>
/// Writes the Prometheus text format, version 0.0.4:
/// <code>
/// # HELP fairway_flows Connections in the flow table.
/// # TYPE fairway_flows gauge
/// fairway_flows 12
/// fairway_dropped_packets_total{reason="Unpublished"} 3
/// </code>
/// </summary>
public sealed class MetricWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private string _metric = "";

    /// <summary>Begins a metric; the samples that follow belong to it.</summary>
    public MetricWriter Metric(string name, MetricType type, string help)
    {
        _metric = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type.ToString().ToLowerInvariant()).Append('\n');
        return this;
    }

    /// <summary>One sample of the metric begun last.</summary>
    public MetricWriter Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample("", value, labels);

    /// <summary>A metric with a single sample.</summary>
    public MetricWriter Single(string name, MetricType type, string help, double value) => Metric(name, type, help).Sample(value);

    internal MetricWriter Histogram(Histogram histogram, string label, string value)
    {
        long total = 0;
        var counts = histogram.Counts();
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < Metrics.Histogram.Bounds.Length ? Number(Metrics.Histogram.Bounds[i]) : "+Inf";
            Sample("_bucket", total, (label, value), ("le", bound));
        }
        return Sample("_sum", histogram.Sum, (label, value)).Sample("_count", total, (label, value));
    }

    public override string ToString() => _text.ToString();

    private MetricWriter Sample(string suffix, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_metric).Append(suffix);
        for (var i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
            Escape(labels[i].Value);
            _text.Append('"');
        }
        if (labels.Length > 0) _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
        return this;
    }

    private void Escape(string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => _text.Append("\\\\"),
                '"' => _text.Append("\\\""),
                '\n' => _text.Append("\\n"),
                _ => _text.Append(character),
            };
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
