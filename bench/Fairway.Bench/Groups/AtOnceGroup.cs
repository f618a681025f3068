using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;

namespace Fairway.Bench.Groups;

/// <summary>Many containers that start and end together.</summary>
internal sealed class AtOnceGroup : IGroup
{
    public string Name => "at-once";

    public string Title => "Attaching many endpoints at once";

    public string Counted => "at once";

    public string Note => "The same calls as one by one, by as many callers as endpoints, none of which waits for another. Median and slowest are of the callers of one round; the figures are medians over the rounds.";

    public void Run(Stage stage)
    {
        foreach (int count in stage.Scale.AtOnce)
            stage.Rounds.Run(Name, $"{count:#,0} at once", stage.Scale.Bursts, [.. stage.HostsFor(Name).Select(item => Burst(stage, item.Peer, item.Host, count)).OfType<Contender>()]);
    }

    private Contender? Burst(Stage stage, Peer peer, PeerHost host, int count)
    {
        Crowd crowd = stage.CrowdOf(peer, host);
        if (crowd.Spare(Name, count) is not { } containers)
            return null;
        return new Contender(peer.Name, () =>
        {
            double[] attach, detach;
            try
            {
                (attach, _) = Clock.TimeAtOnce(containers, host.Attach);
                (detach, _) = Clock.TimeAtOnce(containers, host.Detach);
            }
            catch (InvalidOperationException)
            {
                crowd.Discard(containers);
                throw;
            }
            return [Read("attach, median", attach.Median()), Read("attach, slowest", attach.Max()), Read("detach, median", detach.Median()), Read("detach, slowest", detach.Max())];
        });

        Reading Read(string name, double value) => new(new Row(Name, name, Unit.Milliseconds, count), value);
    }
}
