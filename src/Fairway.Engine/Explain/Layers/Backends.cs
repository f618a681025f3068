using System.Collections.Immutable;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>One of several backends gets a connection: each is asked, for the switch's choice follows from the source port, which is not known beforehand.</summary>
internal static class Backends
{
    public static Ending Choose(Walk walk, Frontend frontend, Func<Target, Ending> arrive)
    {
        if (frontend.Targets is [var only])
        {
            var ending = arrive(only);
            return frontend.Balancer is null ? ending : ending with { Backends = [Backend(walk, only, ending, walk.Packet)] };
        }
        var asked = walk.Packet;
        var endings = frontend.Targets.Select(target => Try(walk, asked, target, arrive)).ToImmutableArray();
        var backends = ImmutableArray.CreateRange(endings, entry => entry.Backend);
        foreach (var (ending, backend) in endings)
            walk.Note(backend.Reason == DropReason.None ? ExplainLayer.LoadBalancer : ExplainLayer.RulesIn, $"{backend.End.Name} at {Ends.Text(backend.Delivered.Destination, backend.Delivered.DestinationPort ?? 0)}: {ending.Summary}");
        var (first, rest) = (endings[0].Ending, endings.Skip(1));
        return rest.All(entry => entry.Ending.Reason == first.Reason)
            ? first with { To = null, Delivered = null, Backends = backends, Summary = first.Verdict == ExplainVerdict.Allowed ? $"one of {backends.Length} backends gets it" : first.Summary }
            : new Ending(ExplainVerdict.Varies, $"{backends.Count(backend => backend.Reason == DropReason.None)} of {backends.Length} backends would get it, and any of them may be chosen")
            {
                Backends = backends,
                Remedy = endings.First(entry => entry.Ending.Remedy is not null).Ending.Remedy,
            };
    }

    /// <summary>A walk of its own, so that what one backend's layers note does not stand among the others'.</summary>
    private static (Ending Ending, ExplainBackend Backend) Try(Walk walk, PacketTuple asked, Target target, Func<Target, Ending> arrive)
    {
        var kept = walk.Steps.Count;
        var ending = arrive(target);
        var backend = Backend(walk, target, ending, walk.Packet);
        walk.Rewind(kept, asked);
        return (ending, backend);
    }

    private static ExplainBackend Backend(Walk walk, Target target, Ending ending, PacketTuple arrived) =>
        new(target.End(walk.Host), ending.Delivered ?? arrived.Shown, ending.Reason, ending.InRule);
}
