using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;
using Fairway.Bench.Workers;

namespace Fairway.Bench.Groups;

/// <summary>One more container with a published port beside ports that are published already, and connections through that port.</summary>
internal sealed class PortsGroup : IGroup
{
    private const int Published = 8000, First = 10_000;

    public string Name => "ports";

    public string Title => "Published ports";

    public string Counted => "published ports, with the new one";

    public string Note => "A container with one published port is attached and detached beside others, which have ports that are no range (each leads elsewhere); connections from the LAN go "
        + "through the port published last.";

    public void Run(Stage stage)
    {
        List<PublishedPorts> all = [];
        foreach ((Peer peer, PeerHost host) in stage.HostsFor(Name))
        {
            var ports = new PublishedPorts(peer, host, stage, Name);
            if (stage.Try(Name, peer, "", () => ports.Start(new Forward(Published, WorkerPorts.Connections))))
                all.Add(ports);
        }
        List<PublishedPorts> hosts = [.. all];
        foreach (int count in stage.Scale.Ports)
        {
            hosts.RemoveAll(ports => !ports.Fill(First, count - 1));
            stage.Rounds.Run(Name, $"{count:#,0} ports", stage.Scale.Rounds, hosts.Select(ports => new Contender(ports.Peer.Name, () => Turn(stage, ports, count))));
        }
        foreach (PublishedPorts ports in all)
            stage.Try(Name, ports.Peer, "taking all back", ports.Empty);
    }

    private IReadOnlyList<Reading> Turn(Stage stage, PublishedPorts ports, int count)
    {
        double detach = Clock.Time(() => ports.Host.Detach(ports.One)), attach = Clock.Time(() => ports.Host.Attach(ports.One));
        CallPath path = ports.Path;
        int port = ports.IsLimit ? WorkerPorts.Connections : Published;
        return
        [
            Workload.Connections.ReadRate(Name, ports.Host.Workers.Measure(path, Workload.Connections.Order(path.Address, stage.Scale.Duration, port)), count),
            new Reading(new Row(Name, "attach with a port", Unit.Milliseconds, count), attach),
            new Reading(new Row(Name, "detach", Unit.Milliseconds, count), detach),
        ];
    }
}
