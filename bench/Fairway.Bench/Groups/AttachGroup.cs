using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;

namespace Fairway.Bench.Groups;

/// <summary>Attaching and detaching one more endpoint beside those that are there; what all of them weigh; what daemons do when nothing happens.</summary>
internal sealed class AttachGroup : IGroup
{
    public string Name => "attach";

    public string Title => "Attaching one more endpoint";

    public string Counted => "endpoints, with the new one";

    public string Note => "What an engine waits for: a call of Fairway's API (`fairway`) and of Docker's (`network connect` of a running container); a whole process of `fairway-cni`, `netavark` or the "
        + "CNI plugins; rtnetlink in one process for the veth pair and the bridge. Detaching ends when the caller may go on; Fairway and Docker delete the interface after or before that as they see fit. "
        + "Memory is what the whole machine has less for each endpoint, its namespace not counted.";

    public void Run(Stage stage)
    {
        IReadOnlyList<(Peer Peer, PeerHost Host)> hosts = stage.HostsFor(Name);
        foreach (int count in stage.Scale.Endpoints)
        {
            hosts = [.. hosts.Where(item => stage.CrowdOf(item.Peer, item.Host).Fill(Name, count - 1))];
            stage.Rounds.Run(Name, $"{count:#,0} endpoints", stage.Scale.Repeats, [.. hosts.Select(item => OneMore(stage, item.Peer, item.Host, count)).OfType<Contender>()]);
        }
        Weigh(stage);
        WatchIdle(stage);
    }

    private Contender? OneMore(Stage stage, Peer peer, PeerHost host, int count)
    {
        if (stage.CrowdOf(peer, host).Spare(Name, 1) is not [var container])
            return null;
        return new Contender(peer.Name, () =>
        [
            new Reading(new Row(Name, "attach", Unit.Milliseconds, count), Clock.Time(() => host.Attach(container))),
            new Reading(new Row(Name, "detach", Unit.Milliseconds, count), Clock.Time(() => host.Detach(container))),
        ]);
    }

    private void Weigh(Stage stage)
    {
        var row = new Row(Name, "memory of an endpoint", Unit.Kibibytes);
        stage.Results.Add(null, [.. stage.HostsFor(Name).Select(item => (item.Peer.Name, Memory: stage.CrowdOf(item.Peer, item.Host).MemoryOfEach)).Where(item => item.Memory is > 0)
            .Select(item => (item.Name, new Reading(row, item.Memory!.Value)))]);
    }

    private void WatchIdle(Stage stage)
    {
        (Peer Peer, PeerHost Host)[] hosts = [.. stage.HostsFor(Name).Where(item => item.Host.Daemons.Count > 0 && stage.CrowdOf(item.Peer, item.Host).Present > 0)];
        double[] before = [.. hosts.Select(item => Busy(item.Host))];
        double waited = Clock.Time(() => stage.Stop.WaitHandle.WaitOne(stage.Scale.Idle));
        stage.Stop.ThrowIfCancellationRequested();
        foreach (var ((peer, host), earlier) in hosts.Zip(before))
        {
            int present = stage.CrowdOf(peer, host).Present;
            stage.Results.Add(null,
            [
                (peer.Name, new Reading(new Row(Name, $"CPU of the idle daemon, {present:#,0} endpoints", Unit.Percent), (Busy(host) - earlier) / waited * 100)),
                (peer.Name, new Reading(new Row(Name, $"memory of the daemon, {present:#,0} endpoints", Unit.Mebibytes), host.Daemons.Sum(ProcessTimes.ResidentOf))),
            ]);
        }
    }

    private static double Busy(PeerHost host) => host.Daemons.Sum(id => ProcessTimes.CpuOf(id).TotalMilliseconds);
}
