using System.Diagnostics;
using Fairway.Bench.Hosts;

namespace Fairway.Bench.Cni;

/// <summary>
/// <c>cni</c>: whole calls of <c>fairway-cni</c> and of CNI's bridge plugin (masquerading, host-local), turn by turn, beside endpoints that are there already;
/// a hundred at once; a thousand ports; the daemon down.
/// </summary>
internal static class CniBench
{
    private const string Peer = "fwb-cnihost";
    private const string Leases = "/tmp/fairway-bench-ipam";
    private const int ManyPorts = 1000;
    private static readonly string s_plugin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../publish/fairway-cni"));

    /// <summary>Makes both hosts, and goes on in the peer's, so that its plugin needs nobody's help to be there.</summary>
    public static int Run(int rounds, int present)
    {
        if (!File.Exists("/usr/lib/cni/bridge") || !File.Exists(s_plugin))
        {
            Console.Error.WriteLine("containernetworking-plugins must be installed, and fairway-cni published (scripts/publish.sh)");
            return 1;
        }
        using var host = new FairwayHost();
        Shell.Run($"ip netns del {Peer}; rm -rf {Leases}", mayFail: true);
        Shell.Run($"ip netns add {Peer} && ip -n {Peer} link set lo up && for i in $(seq 0 {present + 99}); do ip netns add fwb-a$i; ip netns add fwb-b$i; done");
        try
        {
            using var inside = Process.Start("nsenter", [$"--net=/run/netns/{Peer}", Environment.ProcessPath!, "cni-inside", host.Client.Options.SocketPath, $"{rounds}", $"{present}"])!;
            inside.WaitForExit();
            return inside.ExitCode;
        }
        finally
        {
            Shell.Run($"ip netns del {Peer}; rm -rf {Leases}", mayFail: true);
        }
    }

    public static int Measure(string socket, int rounds, int present)
    {
        var ours = new Plugin(s_plugin, $"\"type\": \"fairway-cni\", \"socket\": \"{socket}\"");
        var bridge = new Plugin("/usr/lib/cni/bridge", $$"""
            "type": "bridge", "bridge": "cnibr0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
            "ipam": {"type": "host-local", "dataDir": "{{Leases}}", "ranges": [[{"subnet": "10.66.0.0/16"}]], "routes": [{"dst": "0.0.0.0/0"}]}
            """);
        for (int i = 0; i < present; i++)
        {
            ours.Call("ADD", $"fwb-a{i}");
            bridge.Call("ADD", $"fwb-b{i}");
        }
        Compare(ours, bridge, rounds, present);
        AtOnce(ours, present);
        Ports(ours, present);
        Down(ours with { Members = "\"type\": \"fairway-cni\", \"socket\": \"/run/nobody.sock\"" }, present);
        return 0;
    }

    private static void Compare(Plugin ours, Plugin bridge, int rounds, int present)
    {
        List<double> floor = [], add = [], delete = [], theirAdd = [], theirDelete = [];
        (string mine, string other) = ($"fwb-a{present}", $"fwb-b{present}");
        for (int round = -2; round < rounds; round++)
        {
            double start = Time(() => Process.Start("/bin/true")!.WaitForExit());
            double one = ours.Call("ADD", mine).Milliseconds;
            (double two, string answer) = bridge.Call("ADD", other);
            double three = ours.Call("DEL", mine).Milliseconds;
            double four = bridge.Call("DEL", other, Plugin.Previous(answer)).Milliseconds;
            // The first rounds fill caches.
            if (round < 0)
                continue;
            floor.Add(start);
            add.Add(one);
            theirAdd.Add(two);
            delete.Add(three);
            theirDelete.Add(four);
        }
        Print("start of /bin/true", floor);
        Print($"ADD, fairway, {present} present", add);
        Print($"ADD, bridge, {present} present", theirAdd);
        Print($"DEL, fairway, {present} present", delete);
        Print($"DEL, bridge, {present} present", theirDelete);
        Console.WriteLine($"fairway takes {Median(add) / Median(theirAdd):0.000} of bridge's time for ADD, {Median(delete) / Median(theirDelete):0.000} for DEL, with {present} present");
    }

    private static void AtOnce(Plugin ours, int present)
    {
        const int Count = 100;
        foreach (string command in (string[])["ADD", "DEL"])
        {
            var times = new double[Count];
            using var gate = new ManualResetEventSlim();
            Thread[] threads = [.. Enumerable.Range(0, Count).Select(i => new Thread(() =>
            {
                gate.Wait();
                times[i] = ours.Call(command, $"fwb-a{present + i}").Milliseconds;
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            gate.Set();
            foreach (Thread thread in threads)
                thread.Join();
            Print($"{command}, fairway, {Count} at once", times);
        }
    }

    private static void Ports(Plugin ours, int present)
    {
        string ports = string.Join(", ", Enumerable.Range(0, ManyPorts).Select(i => $$"""{"hostPort": {{20000 + i}}, "containerPort": {{1000 + i}}, "protocol": "tcp"}"""));
        // Ports that lead elsewhere one by one, so that they cannot be taken for one range.
        string scattered = string.Join(", ", Enumerable.Range(0, ManyPorts).Select(i => $$"""{"hostPort": {{20000 + i}}, "containerPort": {{1000 + (i * 7 % ManyPorts)}}, "protocol": "tcp"}"""));
        foreach ((string name, string mappings) in (IEnumerable<(string, string)>)[("in a row", ports), ("scattered", scattered)])
        {
            List<double> add = [], delete = [];
            for (int round = 0; round < 5; round++)
            {
                add.Add(ours.Call("ADD", $"fwb-a{present}", $", \"runtimeConfig\": {{\"portMappings\": [{mappings}]}}").Milliseconds);
                delete.Add(ours.Call("DEL", $"fwb-a{present}").Milliseconds);
            }
            Print($"ADD, {ManyPorts} ports {name}", add);
            Print($"DEL, {ManyPorts} ports {name}", delete);
        }
    }

    private static void Down(Plugin nobody, int present)
    {
        List<double> times = [];
        for (int round = 0; round < 20; round++)
        {
            (double took, int code) = nobody.Fail("ADD", $"fwb-a{present}");
            if (code != 11)
                throw new InvalidOperationException($"the daemon is down, and the error is {code}");
            times.Add(took);
        }
        Print("ADD, daemon down, error 11", times);
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(string name, IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        Console.WriteLine($"{name,-32} p50 {Median(sorted),8:0.00} ms   p99 {sorted[(int)(sorted.Length * 0.99)],8:0.00} ms   most {sorted[^1],8:0.00} ms");
    }
}
