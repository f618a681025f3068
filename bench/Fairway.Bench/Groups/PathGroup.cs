using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;

namespace Fairway.Bench.Groups;

/// <summary>Every workload on one kind of path.</summary>
internal sealed class PathGroup(string name, string title, PathKind kind) : IGroup
{
    public string Name => name;

    public string Title => title;

    public string Note => "Requests and answers of 64 bytes over one connection (round trips); connect, 64 bytes each way, close (connections); datagrams of 64 bytes, counted where they "
        + "arrive; bulk data. Latencies are of whole round trips and connections.";

    public void Run(Stage stage)
    {
        IReadOnlyList<(Peer Peer, PeerHost Host)> hosts = [.. stage.HostsFor(name).Where(item => stage.Try(name, item.Peer, "", () => item.Host.PathOf(kind)))];
        foreach (Workload workload in Workload.All)
        {
            stage.Rounds.Run(name, workload.Rate, stage.Scale.Rounds, hosts.Select(item => new Contender(item.Peer.Name, () =>
            {
                CallPath path = item.Host.PathOf(kind);
                return workload.Read(name, item.Host.Workers.Measure(path, workload.Order(path.Address, stage.Scale.Duration)));
            })), warmUp: 0);
        }
    }
}
