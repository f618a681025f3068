using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Workers;

namespace Fairway.Bench.Groups;

/// <summary>Resolvers of networks, asked by many at once.</summary>
internal sealed class NamesGroup : IGroup
{
    private const int Clients = 1000, Port = 53;

    public string Name => "dns";

    public string Title => "Names";

    public string Note => $"{Clients:#,0} clients in a container, each with one question open, ask the resolver of their network for the name of another container (A, UDP): Fairway's at the gateway, "
        + "aardvark-dns at the gateway, Docker's at 127.0.0.11. The clients have one CPU; the resolver may use all. A question that is not answered in two seconds counts as answered then.";

    public void Run(Stage stage)
    {
        List<Contender> contenders = [];
        foreach ((Peer peer, PeerHost host) in stage.HostsFor(Name))
        {
            NamePath? names = null;
            if (!stage.Try(Name, peer, "", () => names = host.Names()) || names is null)
                continue;
            var path = new CallPath(names.Client, null, names.Resolver);
            contenders.Add(new Contender(peer.Name, () => Read(host.Workers.Measure(path, new ClientOrder(MeasurementKind.Names, names.Resolver, Port, stage.Scale.Duration * 3, Clients, names.Name)))));
        }
        stage.Rounds.Run(Name, $"{Clients:#,0} clients", stage.Scale.Bursts, contenders);
    }

    private IReadOnlyList<Reading> Read(Measurement measurement) =>
    [
        new Reading(new Row(Name, "answers", Unit.PerSecond), measurement.Rate),
        new Reading(new Row(Name, "answer, p50", Unit.Milliseconds), measurement.Median / 1000),
        new Reading(new Row(Name, "answer, p99", Unit.Milliseconds), measurement.P99 / 1000),
    ];
}
