using System.Diagnostics;
using System.Globalization;
using Fairway.Bench.Workers;

namespace Fairway.Bench.DataPath;

/// <summary>
/// Measures scenarios one after the other, round by round, so that whatever disturbs the machine disturbs all of them. Client and server share
/// a CPU: what is measured is the work of both, not the time a wake-up across CPUs takes, which on virtual machines is several times as long.
/// </summary>
internal sealed class Rounds(IReadOnlyList<Scenario> scenarios, TimeSpan duration) : IDisposable
{
    private const int Cpu = 1;
    private readonly Dictionary<string, Process> _servers = [];

    public Dictionary<(string Scenario, MeasurementKind Kind), List<Measurement>> Results { get; } = [];

    public void Start()
    {
        foreach (string server in scenarios.Select(scenario => scenario.Server).Distinct())
        {
            Process process = Shell.StartWorker(server, Cpu, "serve", $"{Scenario.FirstPort}");
            _servers.Add(server, process);
            if (process.StandardOutput.ReadLine() != "ready")
                throw new InvalidOperationException($"the server in '{server}' did not start: {process.StandardError.ReadToEnd()}");
        }
    }

    public void Run(int rounds, IReadOnlyList<MeasurementKind> kinds)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (MeasurementKind kind in kinds)
            {
                // Every other round backwards: nobody always comes after the same neighbour.
                foreach (Scenario scenario in round % 2 == 0 ? scenarios : scenarios.Reverse())
                    Add(scenario, kind, Measure(scenario, kind));
            }
            Console.Error.WriteLine($"round {round + 1} of {rounds}");
        }
    }

    public void Dispose()
    {
        foreach (Process server in _servers.Values)
        {
            server.Kill();
            server.Dispose();
        }
    }

    private Measurement Measure(Scenario scenario, MeasurementKind kind)
    {
        using Process client = Shell.StartWorker(scenario.Client, kind is MeasurementKind.Stream or MeasurementKind.Datagrams ? 0 : Cpu, $"{kind}", $"{scenario.Address}",
            $"{Scenario.FirstPort}", duration.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        string line = client.StandardOutput.ReadToEnd().Trim();
        client.WaitForExit();
        return client.ExitCode == 0
            ? Measurement.Parse(line)
            : throw new InvalidOperationException($"{scenario.Name}, {kind}: {client.StandardError.ReadToEnd().Trim()}");
    }

    private void Add(Scenario scenario, MeasurementKind kind, Measurement measurement)
    {
        if (!Results.TryGetValue((scenario.Name, kind), out List<Measurement>? list))
            Results.Add((scenario.Name, kind), list = []);
        list.Add(measurement);
    }
}
