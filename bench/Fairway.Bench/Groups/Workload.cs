using Fairway.Bench.Measuring;
using Fairway.Bench.Workers;

namespace Fairway.Bench.Groups;

/// <summary>What a client does on a path.</summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Port">Port of the server.</param>
/// <param name="Streams">How much of it at once.</param>
/// <param name="Rate">What the rate is called.</param>
/// <param name="Unit">Unit of the rate.</param>
/// <param name="Latency">What the latency is called, where there is one.</param>
internal sealed record Workload(MeasurementKind Kind, int Port, int Streams, string Rate, Unit Unit, string? Latency = null)
{
    /// <summary>Connections, each with a request and an answer.</summary>
    public static Workload Connections { get; } = new(MeasurementKind.Connections, WorkerPorts.Connections, 1, "connections", Unit.PerSecond, "connection");

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(MeasurementKind.RoundTrips, WorkerPorts.RoundTrips, 1, "round trips", Unit.PerSecond, "round trip"),
        Connections,
        new(MeasurementKind.Datagrams, WorkerPorts.Datagrams, 1, "UDP packets", Unit.PerSecond),
        new(MeasurementKind.Streams, WorkerPorts.Stream, 1, "TCP, 1 stream", Unit.Gigabits),
        new(MeasurementKind.Streams, WorkerPorts.Stream, 4, "TCP, 4 streams", Unit.Gigabits),
    ];

    /// <summary>What the client is told.</summary>
    public ClientOrder Order(System.Net.IPAddress address, TimeSpan duration, int? port = null)
        => new(Kind, address, port ?? Port, duration, Streams);

    /// <summary>A measurement as rows of a group.</summary>
    public IReadOnlyList<Reading> Read(string group, Measurement measurement)
    {
        Reading rate = ReadRate(group, measurement);
        return Latency is null
            ? [rate]
            : [rate, new Reading(new Row(group, $"{Latency}, p50", Unit.Microseconds), measurement.Median), new Reading(new Row(group, $"{Latency}, p99", Unit.Microseconds), measurement.P99)];
    }

    /// <summary>The rate alone.</summary>
    public Reading ReadRate(string group, Measurement measurement, int? at = null) => new(new Row(group, Rate, Unit, at), measurement.Rate);
}
