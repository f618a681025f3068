using System.Diagnostics;
using Fairway.Bench.Hosts;
using Fairway.Model.Ports;

namespace Fairway.Bench.Attach;

/// <summary><c>attach</c>: attach and detach as an engine sees them, alone, among many, at once; what the daemon weighs; how it starts.</summary>
internal static class AttachBench
{
    public static async Task<int> RunAsync(int endpoints)
    {
        using var host = new FairwayHost();
        AddNamespaces("fwb-n", endpoints + 200);
        await MeasureAsync(host, "first attach (warming up)", 0, 20);
        await MeasureAsync(host, "alone", 0, 200);
        await ParallelAsync(host, 100);
        for (int i = 0; i < endpoints; i++)
            await host.AttachAsync($"fwb-n{200 + i}");
        await MeasureAsync(host, $"among {endpoints}", 0, 200);
        Console.WriteLine($"daemon, {endpoints} endpoints: {host.Resident():0.0} MiB resident");
        await PublishAsync(host);
        host.Kill();
        Console.WriteLine($"start with {endpoints} endpoints in place: {host.Start().TotalMilliseconds:0} ms until it answers");
        return 0;
    }

    private static async Task MeasureAsync(FairwayHost host, string name, int first, int count)
    {
        List<double> attach = [], detach = [];
        for (int i = first; i < first + count; i++)
        {
            attach.Add(await TimeAsync(() => host.AttachAsync($"fwb-n{i}")));
            detach.Add(await TimeAsync(() => host.DetachAsync($"fwb-n{i}")));
        }
        Print($"attach, {name}", attach);
        Print($"detach, {name}", detach);
    }

    private static async Task ParallelAsync(FairwayHost host, int count)
    {
        double[] attach = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => TimeAsync(() => host.AttachAsync($"fwb-n{i}")))));
        Print($"attach, {count} at once", attach);
        double[] detach = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => TimeAsync(() => host.DetachAsync($"fwb-n{i}")))));
        Print($"detach, {count} at once", detach);
    }

    private static async Task PublishAsync(FairwayHost host)
    {
        await host.AttachAsync("fwb-n0");
        string endpoint = (await host.Client.ListEndpointsAsync()).First(item => item.Spec.Owner?.Id == "fwb-n0").Spec.Id.ToString();
        for (int block = 0; block < 10; block++)
            await host.Client.PublishAsync(endpoint, [new PortPublication { HostPort = (ushort)(20000 + block * 1000), ContainerPort = 1000, Count = 1000 }]);
        List<double> times = [];
        for (int i = 0; i < 200; i++)
            times.Add(await TimeAsync(() => host.Client.PublishAsync(endpoint, [new PortPublication { HostPort = (ushort)(10000 + i), ContainerPort = 80 }])));
        Print("publish one more of 10,000", times);
    }

    private static void AddNamespaces(string prefix, int count)
        => Shell.Run($"for i in $(seq 0 {count - 1}); do ip netns add {prefix}$i; done");

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        long start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Print(string name, IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        Console.WriteLine($"{name,-36} p50 {sorted[sorted.Length / 2],8:0.00} ms   p99 {sorted[(int)(sorted.Length * 0.99)],8:0.00} ms   most {sorted[^1],8:0.00} ms");
    }
}
