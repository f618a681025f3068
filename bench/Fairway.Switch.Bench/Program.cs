using System.Globalization;
using Fairway.Switch.Bench;
using Fairway.Switch.Tests.Fixtures;

// What the switch's programs cost a packet, by BPF_PROG_TEST_RUN: no devices, no sockets, only the program.
// usage: Fairway.Switch.Bench [RUNS=20000]
int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
using var fixture = new SwitchUnderTest(flowRows: 131_072);
Console.WriteLine($"{"nanoseconds",-52}{"lowest",9}{"middle",9}{"p90",9}");
foreach (PacketPath path in PacketPath.All(fixture).Concat(PolicyPaths.All(fixture)))
    Console.WriteLine($"{path.Name,-52}{path.Measure(runs)}");
