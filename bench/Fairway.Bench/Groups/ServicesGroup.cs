using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;
using Fairway.Bench.Workers;

namespace Fairway.Bench.Groups;

/// <summary>Connections through one of many load balancers.</summary>
internal sealed class ServicesGroup : IGroup
{
    public string Name => "services";

    public string Title => "Load balancers";

    public string Counted => "load balancers";

    public string Note => "From a container to the address of the last load balancer made, whose backend is another container of the host. No peer has load balancers; the line to compare with is the one "
        + "at a single load balancer.";

    public void Run(Stage stage)
    {
        IReadOnlyList<(Peer Peer, PeerHost Host)> hosts = [.. stage.HostsFor(Name).Where(item => stage.Try(Name, item.Peer, "", () => item.Host.PathOf(PathKind.Same)))];
        // A port of the server for each number: the server would take a call of a caller and port it knows, by another load balancer, for one of an old connection, and make the caller wait.
        (int made, int port) = (0, WorkerPorts.FirstBehind);
        foreach (int services in stage.Scale.Services)
        {
            (Peer Peer, PeerHost Host)[] able = [.. hosts.Where(item => item.Host is not FairwayHost fairway || stage.Try(Name, item.Peer, $"{services:#,0}", () => Add(stage, fairway, made, services, port)))];
            made = services;
            stage.Rounds.Run(Name, $"{services:#,0} load balancers", stage.Scale.Rounds, able.Select(item => new Contender(item.Peer.Name, () => Turn(stage, item.Host, services, port))));
            port++;
        }
        foreach ((Peer peer, PeerHost host) in hosts)
            stage.Try(Name, peer, "removing all", () => Remove(host as FairwayHost, made));
    }

    private static void Add(Stage stage, FairwayHost host, int from, int to, int port)
    {
        for (int number = from + 1; number <= to; number++)
        {
            stage.Stop.ThrowIfCancellationRequested();
            host.AddService(number, port);
        }
    }

    private static void Remove(FairwayHost? host, int made)
    {
        for (int number = 1; host is not null && number <= made; number++)
            host.RemoveService(number);
    }

    private IReadOnlyList<Reading> Turn(Stage stage, PeerHost host, int services, int port)
    {
        CallPath path = host.PathOf(PathKind.Same);
        if (host is not FairwayHost fairway)
            return [Workload.Connections.ReadRate(Name, host.Workers.Measure(path, Workload.Connections.Order(path.Address, stage.Scale.Duration)), services)];
        double one = Clock.Time(() => fairway.AddService(services + 1, port));
        fairway.RemoveService(services + 1);
        return
        [
            Workload.Connections.ReadRate(Name, host.Workers.Measure(path, Workload.Connections.Order(FairwayHost.AddressOfService(services), stage.Scale.Duration, 80)), services),
            new Reading(new Row(Name, "one more load balancer", Unit.Milliseconds, services), one),
        ];
    }
}
