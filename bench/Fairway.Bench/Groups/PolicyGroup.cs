using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;

namespace Fairway.Bench.Groups;

/// <summary>Connections past access rules.</summary>
internal sealed class PolicyGroup : IGroup
{
    public string Name => "policy";

    public string Title => "Access rules";

    public string Counted => "rules";

    public string Note => "Every rule blocks another address on another port, none of them the caller; new connections pass all of them. Fairway has them on the server's endpoint; iptables and nft sets "
        + "on a router between client and server. Adding one is a call of Fairway's API and a process of `iptables` or `nft`.";

    public void Run(Stage stage)
    {
        IReadOnlyList<(Peer Peer, PeerHost Host)> hosts = [.. stage.HostsFor(Name).Where(item => stage.Try(Name, item.Peer, "", () => item.Host.PathOf(PathKind.Same)))];
        foreach (int rules in stage.Scale.Rules)
        {
            List<(Peer Peer, PeerHost Host)> able = Install(stage, hosts, rules);
            stage.Rounds.Run(Name, $"{rules:#,0} rules", stage.Scale.Rounds, able.Select(item => new Contender(item.Peer.Name, () => Turn(stage, item.Host, rules))));
            foreach ((Peer peer, PeerHost host) in hosts)
                stage.Try(Name, peer, "removing all", () => (host as IPolicyHost)?.Clear());
        }
    }

    private List<(Peer Peer, PeerHost Host)> Install(Stage stage, IReadOnlyList<(Peer Peer, PeerHost Host)> hosts, int rules)
    {
        List<(string, Reading)> times = [];
        List<(Peer Peer, PeerHost Host)> able = [];
        foreach ((Peer peer, PeerHost host) in hosts)
        {
            if (host is not IPolicyHost firewall || stage.Try(Name, peer, $"{rules:#,0} rules", () => times.Add((peer.Name, Timed(rules, () => firewall.Install(rules))))))
                able.Add((peer, host));
        }
        stage.Results.Add(null, times);
        return able;
    }

    private Reading Timed(int rules, Action install) => new(new Row(Name, "all rules", Unit.Milliseconds, rules), Clock.Time(install));

    private IReadOnlyList<Reading> Turn(Stage stage, PeerHost host, int rules)
    {
        CallPath path = host.PathOf(PathKind.Same);
        Reading rate = Workload.Connections.ReadRate(Name, host.Workers.Measure(path, Workload.Connections.Order(path.Address, stage.Scale.Duration)), rules);
        if (host is not IPolicyHost firewall)
            return [rate];
        double one = Clock.Time(firewall.AddOne);
        firewall.RemoveOne();
        return [rate, new Reading(new Row(Name, "one more rule", Unit.Milliseconds, rules), one)];
    }
}
