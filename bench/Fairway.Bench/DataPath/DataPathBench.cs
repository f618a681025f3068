using Fairway.Bench.Hosts;
using Fairway.Bench.Workers;

namespace Fairway.Bench.DataPath;

/// <summary><c>datapath</c>: container to container, out, in; beside a veth pair and, where it is installed, Docker.</summary>
internal static class DataPathBench
{
    public static int Run(int rounds, TimeSpan duration)
    {
        using var veth = new VethPair();
        using var fairway = new FairwayHost();
        using DockerHost? docker = DockerHost.IsInstalled ? new DockerHost() : null;
        List<Scenario> scenarios = [veth.Scenario, .. fairway.Scenarios(), .. docker is null ? [] : DockerHost.Scenarios()];
        using var measuring = new Rounds(scenarios, duration);
        measuring.Start();
        measuring.Run(rounds, Enum.GetValues<MeasurementKind>());
        Console.WriteLine(Report.Render(measuring, [VethPair.Name, "docker", "docker out", "docker in"]));
        return 0;
    }
}
