using System.Globalization;
using Fairway.Bench.Attach;
using Fairway.Bench.Cni;
using Fairway.Bench.DataPath;
using Fairway.Bench.Engines;
using Fairway.Bench.Workers;

return args switch
{
    ["worker", .. var rest] => Worker.Run(rest),
    ["datapath", .. var rest] when rest.Length <= 1 => DataPathBench.Run(Number(rest, 5), TimeSpan.FromSeconds(1)),
    ["overlay", .. var rest] when rest.Length <= 1 => OverlayBench.Run(Number(rest, 7), TimeSpan.FromSeconds(1)),
    ["attach", .. var rest] when rest.Length <= 1 => await AttachBench.RunAsync(Number(rest, 1000)),
    ["cni", .. var rest] when rest.Length <= 2 => CniBench.Run(Number(rest[..Math.Min(1, rest.Length)], 30), Number(rest[Math.Min(1, rest.Length)..], 1)),
    ["cni-inside", var socket, var rounds, var present] => CniBench.Measure(socket, Number([rounds], 0), Number([present], 0)),
    ["docker", .. var rest] when rest.Length <= 1 => DockerBench.Run(Number(rest, 15)),
    ["podman", .. var rest] when rest.Length <= 1 => PodmanBench.Run(Number(rest, 15)),
    _ => Usage(),
};

static int Number(string[] rest, int otherwise) => rest is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine("usage: Fairway.Bench datapath [ROUNDS] | overlay [ROUNDS] | attach [ENDPOINTS] | cni [ROUNDS [PRESENT]] | docker [ROUNDS] | podman [ROUNDS]");
    return 2;
}
