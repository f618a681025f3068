using System.Diagnostics;

namespace Fairway.Api.Metrics;

/// <summary>The daemon's own process, under the names every Prometheus client uses.</summary>
internal sealed class ProcessMetrics(DaemonDescription daemon) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        using var process = Process.GetCurrentProcess();
        writer.Metric("fairway_build_info", MetricType.Gauge, "Version and instance of the daemon.")
            .Sample(1, ("version", daemon.Version), ("instance", daemon.Instance));
        writer.Single("process_start_time_seconds", MetricType.Gauge, "Start of the process, seconds since 1970.",
            daemon.StartedAt.ToUnixTimeMilliseconds() / 1000.0);
        writer.Single("process_cpu_seconds_total", MetricType.Counter, "User and system time.", process.TotalProcessorTime.TotalSeconds);
        writer.Single("process_resident_memory_bytes", MetricType.Gauge, "Resident memory.", process.WorkingSet64);
        writer.Single("process_open_fds", MetricType.Gauge, "Open file descriptors.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        writer.Single("process_threads", MetricType.Gauge, "Threads.", process.Threads.Count);
        writer.Single("dotnet_gc_heap_bytes", MetricType.Gauge, "Managed heap in use.", GC.GetTotalMemory(false));
        writer.Metric("dotnet_gc_collections_total", MetricType.Counter, "Garbage collections by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            writer.Sample(GC.CollectionCount(generation), ("generation", generation.ToString()));
    }
}
