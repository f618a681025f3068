using System.Diagnostics;
using Fairway.Bench.Peers;
using Fairway.Bench.Workers;

namespace Fairway.Bench.Running;

/// <summary>Servers and clients in the namespaces of one peer, each started when it is first needed.</summary>
internal sealed class WorkerPool : IDisposable
{
    private readonly Dictionary<(string Space, string Role, int Cpu), Process> _workers = [];

    private static int ServerCpu => Math.Min(1, Environment.ProcessorCount - 1);

    private static int OtherCpu => 0;

    /// <summary>
    /// Measures on a path. Where the client waits for each answer it shares the server's CPU: that measures the work of both, not the time a wake-up across CPUs takes, which on virtual
    /// machines is several times as long.
    /// </summary>
    public Measurement Measure(CallPath path, ClientOrder order)
    {
        if (path.Server is not null)
            Get(path.Server, "serve", ServerCpu);
        Process client = Get(path.Client, "call", order.Kind is MeasurementKind.RoundTrips or MeasurementKind.Connections ? ServerCpu : OtherCpu);
        client.StandardInput.WriteLine(order);
        client.StandardInput.Flush();
        string answer = client.StandardOutput.ReadLine() ?? throw new IOException($"the client ended: {client.StandardError.ReadToEnd().Trim()}");
        return answer.StartsWith("error ", StringComparison.Ordinal) ? throw new IOException($"{order.Kind}: {answer[6..]}") : Measurement.Parse(answer);
    }

    public void Dispose()
    {
        foreach (Process worker in _workers.Values)
        {
            worker.Kill();
            worker.WaitForExit();
            worker.Dispose();
        }
        _workers.Clear();
    }

    private Process Get(string space, string role, int cpu)
    {
        if (_workers.TryGetValue((space, role, cpu), out Process? worker))
            return worker;
        _workers.Add((space, role, cpu), worker = Shell.StartWorker(space, cpu, role));
        return worker.StandardOutput.ReadLine() == "ready"
            ? worker
            : throw new InvalidOperationException($"the worker in '{space}' did not start: {worker.StandardError.ReadToEnd().Trim()}");
    }
}
