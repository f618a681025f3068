using Fairway.Bench.Hosts;
using Fairway.Bench.Workers;

namespace Fairway.Bench.DataPath;

/// <summary><c>overlay</c>: from a container of one host to one of another, beside the kernel's own bridge and VXLAN device.</summary>
internal static class OverlayBench
{
    public static int Run(int rounds, TimeSpan duration)
    {
        using var kernel = new VxlanPair();
        using var overlay = new OverlayPair();
        using var measuring = new Rounds([kernel.Scenario, overlay.Scenario], duration);
        measuring.Start();
        measuring.Run(rounds, Enum.GetValues<MeasurementKind>());
        Console.WriteLine(Report.Render(measuring, [VxlanPair.Name]));
        return 0;
    }
}
