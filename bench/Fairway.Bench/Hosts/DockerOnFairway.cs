using System.Diagnostics;

namespace Fairway.Bench.Hosts;

/// <summary>dockerd in the host of <see cref="FairwayHost"/>, whose daemon serves its driver: Docker's own bridge and Fairway's network stand beside each other.</summary>
internal sealed class DockerOnFairway : IDisposable
{
    public const string Network = "onfairway";
    private static readonly string s_root = Path.Combine(Path.GetTempPath(), "fairway-bench-dof");
    private readonly Process _daemon;

    public DockerOnFairway()
    {
        Shell.Run($"mkdir -p {s_root}/run");
        _daemon = Shell.Start("sh", "-c", $"exec nsenter --net=/run/netns/{FairwayHost.Name} unshare --mount --propagation private sh -c 'mkdir -p /run/docker; mount --bind {s_root}/run /run/docker; "
            + $"exec dockerd --data-root {s_root}/data --exec-root {s_root}/exec -H unix://{s_root}/docker.sock -p {s_root}/pid' >{s_root}/log 2>&1");
        long start = Stopwatch.GetTimestamp();
        while (!IsUp())
        {
            if (_daemon.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException($"dockerd did not start: {File.ReadAllText(s_root + "/log")}");
            Thread.Sleep(100);
        }
        Shell.Run($"mkdir -p {s_root}/image/bin && cp /usr/bin/busybox {s_root}/image/bin/busybox && ln -sf busybox {s_root}/image/bin/true && tar -C {s_root}/image -c . | {Command} import - bench");
        Shell.Run($"{Command} network create -d {FairwayHost.Instance} --ipam-driver {FairwayHost.Instance} {Network}");
    }

    /// <summary>What the daemon of the host has to be told.</summary>
    public static string DaemonOptions => $"--docker-plugins {s_root}/run/plugins --docker-socket {s_root}/docker.sock";

    /// <summary>A whole <c>docker run --rm</c>.</summary>
    public static void Run(string options) => Shell.Run($"{Command} run --rm {options} bench /bin/true");

    public void Dispose()
    {
        Shell.Run($"{Command} network rm {Network}", mayFail: true);
        Shell.Run($"kill {_daemon.Id}", mayFail: true);
        _daemon.WaitForExit();
        _daemon.Dispose();
        CleanUp();
    }

    public static void CleanUp() => Shell.Run($"for m in $(grep -o ' {s_root}[^ ]* ' /proc/mounts | sort -r); do umount $m; done; rm -rf {s_root}", mayFail: true);

    private static string Command => $"{DockerHost.Docker} -H unix://{s_root}/docker.sock";

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
}
