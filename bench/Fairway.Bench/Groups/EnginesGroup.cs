using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;

namespace Fairway.Bench.Groups;

/// <summary>What users of engines wait for: whole commands, on the engine's own network and on Fairway.</summary>
internal sealed class EnginesGroup : IGroup
{
    private const string Network = "onfairway";

    private const string OwnNetwork = "ondocker";

    private static readonly (string Engine, string Peer, string[] Needs)[] s_engines =
    [
        ("docker run", "docker", ["docker", "dockerd", "busybox"]),
        ("docker run, a network that was created", "docker", ["docker", "dockerd", "busybox"]),
        ("podman run", "netavark", ["podman", "netavark", "busybox", Tool.Published("fairway-netavark")]),
    ];

    public string Name => "engines";

    public string Title => "Whole commands of engines";

    public string Counted => "published ports";

    public string Note => "`docker run --rm` and `podman run --rm` of `true`, on the engine's default network and on Fairway's, and for Docker on one made by `docker network create` as well, whose containers have names as those on Fairway's do; what the network adds is the same command's time less that with `--network none`, run just before. `network list` and `network ls` are what a person at a terminal waits for.";

    public void Run(Stage stage)
    {
        using var space = new HostSpace("engines");
        using var fairway = new FairwayDaemon("fengines", space.FilePath, $"--docker-plugins {Work.Directory("engines")}/run/plugins --docker-socket {Work.Directory("engines")}/docker.sock");
        RunDocker(stage, space, fairway);
        RunPodman(stage, space, fairway);
    }

    private void RunDocker(Stage stage, HostSpace space, FairwayDaemon fairway)
    {
        if (IsMissing(stage, s_engines[0]))
            return;
        using var dockerd = new DockerEngine("engines", space);
        string docker = $"{Tool.Get("docker")} -H unix://{dockerd.Socket}";
        stage.Rounds.Run(Name, "networks listed", stage.Scale.Commands,
        [
            Command("fairway", "networks listed, whole", $"{Tool.Published("fairway")} network list --socket {fairway.Options.SocketPath}"),
            Command("docker", "networks listed, whole", $"{docker} network ls"),
        ]);
        Shell.Run($"{docker} network create -d cmpfengines --ipam-driver cmpfengines {Network}");
        Shell.Run($"{docker} network create {OwnNetwork}");
        try
        {
            foreach (var (engine, own, ports) in new[] { (s_engines[0], "bridge", stage.Scale.CommandPorts), (s_engines[1], OwnNetwork, [.. stage.Scale.CommandPorts.Where(ports => ports <= 1)]) })
                Compare(stage, engine, ports, (onFairway, options) => Shell.Run($"{docker} run --rm {(options is null ? "--network none" : $"{options} --network {(onFairway ? Network : own)}")} {DockerEngine.Image} /bin/true"));
        }
        finally
        {
            Shell.Run($"{docker} network rm {Network} {OwnNetwork}", mayFail: true);
        }
    }

    private void RunPodman(Stage stage, HostSpace space, FairwayDaemon fairway)
    {
        if (IsMissing(stage, s_engines[2]))
            return;
        using var own = new HostSpace("podman");
        using var engine = new PodmanEngine("podman", own, space, fairway.Options.SocketPath);
        Compare(stage, s_engines[2], stage.Scale.CommandPorts, (onFairway, options) => engine.Run(onFairway, options ?? "--network none"));
    }

    private Contender Command(string peer, string row, string command)
        => new(peer, () => [new Reading(new Row(Name, row, Unit.Milliseconds, 0), Clock.Time(() => Shell.Run(command)))]);

    /// <param name="counts">With how many ports.</param>
    /// <param name="run">Runs the command on Fairway or not, with options; null for those without a network.</param>
    private void Compare(Stage stage, (string Engine, string Peer, string[] Needs) engine, IReadOnlyList<int> counts, Action<bool, string?> run)
    {
        foreach (int ports in counts)
        {
            string options = ports switch
            {
                0 => "",
                1 => "-p 18080:80",
                _ => $"-p 18100-{18100 + ports - 1}:100-{100 + ports - 1}",
            };
            stage.Rounds.Run(Name, $"{engine.Engine}, {ports} ports", stage.Scale.Commands, [Contend("fairway", true), Contend(engine.Peer, false)]);

            Contender Contend(string peer, bool onFairway) => new(peer, () =>
            {
                double none = Clock.Time(() => run(onFairway, null)), whole = Clock.Time(() => run(onFairway, options));
                return
                [
                    new Reading(new Row(Name, $"{engine.Engine}, whole", Unit.Milliseconds, ports), whole),
                    new Reading(new Row(Name, $"{engine.Engine}, added by the network", Unit.Milliseconds, ports), whole - none),
                ];
            });
        }
    }

    private bool IsMissing(Stage stage, (string Engine, string Peer, string[] Needs) engine)
    {
        string[] missing = [.. engine.Needs.Where(program => Tool.Find(program) is null).Select(program => Path.GetFileName(program))];
        if (missing.Length > 0)
            stage.Miss(Name, PeerCatalog.Of(engine.Peer), engine.Engine, $"not installed: {string.Join(", ", missing)}");
        return missing.Length > 0;
    }
}
