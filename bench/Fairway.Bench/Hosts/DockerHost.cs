using System.Diagnostics;
using System.Net;
using Fairway.Bench.DataPath;
using Fairway.Bench.Workers;

namespace Fairway.Bench.Hosts;

/// <summary>A host of its own with dockerd and its bridge, the peer most people know.</summary>
internal sealed class DockerHost : IDisposable
{
    public const string Docker = "/usr/bin/docker";
    private const string Host = "fwb-dhost";
    private const string Lan = "fwb-dlan";
    private const string Address = "198.51.100.1";
    private static readonly string s_root = Path.Combine(Path.GetTempPath(), "fairway-bench-docker");
    private readonly Process _daemon;

    public DockerHost()
    {
        CleanUp();
        Directory.CreateDirectory(s_root);
        Shell.Run($"ip netns add {Host} && ip netns add {Lan} && ip -n {Host} link set lo up && ip -n {Lan} link set lo up");
        Shell.Run($"ip -n {Host} link add up0 type veth peer name lan0 netns {Lan}");
        Shell.Run($"ip -n {Host} addr add {Address}/24 dev up0 && ip -n {Lan} addr add 198.51.100.2/24 dev lan0");
        Shell.Run($"ip -n {Host} link set up0 up && ip -n {Lan} link set lan0 up");
        _daemon = Shell.Start("sh", "-c",
            $"exec nsenter --net=/run/netns/{Host} dockerd --data-root {s_root}/data --exec-root {s_root}/exec -H unix://{s_root}/docker.sock -p {s_root}/pid >{s_root}/log 2>&1");
        long start = Stopwatch.GetTimestamp();
        while (!IsUp())
        {
            if (_daemon.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException($"dockerd did not start: {File.ReadAllText(s_root + "/log")}");
            Thread.Sleep(100);
        }
        // An image without a network: busybox alone.
        Shell.Run($"mkdir -p {s_root}/image/bin && cp /usr/bin/busybox {s_root}/image/bin/busybox && ln -sf busybox {s_root}/image/bin/sleep && tar -C {s_root}/image -c . | {Command} import - bench");
    }

    /// <summary>Whether this machine has what it takes.</summary>
    public static bool IsInstalled => File.Exists(Docker) && File.Exists("/usr/sbin/dockerd") && File.Exists("/usr/bin/busybox");

    private static string Command => $"{Docker} -H unix://{s_root}/docker.sock";

    public static IReadOnlyList<Scenario> Scenarios()
    {
        string ports = string.Join(' ', Enumerable.Range(Scenario.FirstPort, WorkerPorts.Count).Select(port => $"-p {port}:{port}"));
        Shell.Run($"{Command} run -d --name client bench /bin/sleep 100000");
        Shell.Run($"{Command} run -d --name server {ports} -p {Scenario.FirstPort + 2}:{Scenario.FirstPort + 2}/udp bench /bin/sleep 100000");
        string a = NamespaceOf("client"), b = NamespaceOf("server");
        IPAddress address = IPAddress.Parse(Shell.Run($"{Command} inspect -f '{{{{.NetworkSettings.IPAddress}}}}' server"));
        return
        [
            new Scenario("docker", a, b, address),
            new Scenario("docker out", a, $"/run/netns/{Lan}", IPAddress.Parse("198.51.100.2")),
            new Scenario("docker in", $"/run/netns/{Lan}", b, IPAddress.Parse(Address)),
        ];
    }

    public void Dispose()
    {
        Shell.Run($"{Command} rm -f client server", mayFail: true);
        Shell.Run($"kill {_daemon.Id}", mayFail: true);
        _daemon.WaitForExit();
        _daemon.Dispose();
        CleanUp();
    }

    private static string NamespaceOf(string container) => $"/proc/{Shell.Run($"{Command} inspect -f '{{{{.State.Pid}}}}' {container}")}/ns/net";

    private static bool IsUp()
    {
        try
        {
            Shell.Run($"{Command} version");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void CleanUp() => Shell.Run($"ip netns del {Host}; ip netns del {Lan}; rm -rf {s_root}", mayFail: true);
}
