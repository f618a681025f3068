using System.Collections.Immutable;
using Fairway.Engine.Explain.Layers;
using Fairway.Engine.Plan;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain;

/// <summary>A packet on its way through the layers, and what they noted about it.</summary>
/// <param name="host">Where it happens.</param>
/// <param name="from">Who sends.</param>
/// <param name="packet">The packet as it is sent.</param>
/// <param name="sender">The endpoint that sends, or null.</param>
internal sealed class Walk(HostView host, ExplainEnd from, PacketTuple packet, EndpointPlan? sender = null)
{
    private readonly ImmutableArray<ExplainStep>.Builder _steps = ImmutableArray.CreateBuilder<ExplainStep>();

    public HostView Host => host;

    public ExplainEnd From => from;

    /// <summary>The packet as it is now.</summary>
    public PacketTuple Packet { get; private set; } = packet;

    /// <summary>The endpoint that sends; null for the host and everybody elsewhere.</summary>
    public EndpointPlan? Sender { get; private set; } = sender;

    /// <summary>What the sender's side said, of those that were asked.</summary>
    public FlowRule? OutRule { get; private set; }

    public ExplainRoute? Route { get; set; }

    public ExplainEncapsulation? Encapsulation { get; set; }

    public IReadOnlyList<ExplainStep> Steps => _steps;

    /// <summary>The sender's network.</summary>
    public NetworkPlan Network => host.Network(Sender!.Network);

    /// <summary>How the sender's own settings (OutBoundNAT, SDNRoute) have it leave; null when it leaves as its network has it.</summary>
    public WayPrefix? Way => Sender is null ? null : host.Way(Sender.Id, Packet.Destination);

    /// <summary>What says the next hop of <see cref="Way"/>.</summary>
    public string RouteText => Way switch
    {
        { Route: { } route } => $"route '{route}' (HostComputeRoute)",
        { OfNetwork: true } => $"a route of network '{Network.Name}'",
        _ => $"a route of '{Sender!.Name}' (SDNRoute)",
    };

    /// <summary>The packet gets other addresses before anybody looks at it.</summary>
    public void Become(PacketTuple other) => Packet = other;

    /// <summary>From here on it is a packet like any other from outside.</summary>
    public Walk AsOutsider()
    {
        Sender = null;
        return this;
    }

    /// <summary>Goes back to where the way parts, to try another one.</summary>
    public void Rewind(int steps, PacketTuple other)
    {
        _steps.Count = steps;
        (Packet, Route, Encapsulation) = (other, null, null);
    }

    public void Note(ExplainLayer layer, string text) => _steps.Add(new ExplainStep(layer, Passed: true, text));

    public Ending Drop(ExplainLayer layer, DropReason reason, string text, string? remedy = null)
    {
        _steps.Add(new ExplainStep(layer, Passed: false, text));
        return new Ending(ExplainVerdict.Dropped, text) { Reason = reason, Remedy = remedy };
    }

    /// <summary>None of the switch's business from here on.</summary>
    public Ending Leave(ExplainLayer layer, string text, ExplainEnd? to = null, string? remedy = null)
    {
        Note(layer, text);
        return new Ending(ExplainVerdict.NotSwitched, text) { To = to, Remedy = remedy };
    }

    /// <summary>It arrives, as it is.</summary>
    public Ending Arrive(ExplainEnd to, string text) => new(ExplainVerdict.Allowed, text) { To = to, Delivered = Packet.Shown };

    /// <summary>Asks the access rules of the sender's side; null when they let it go.</summary>
    public Ending? AskOut()
    {
        if (Sender is null)
            return null;
        var judgement = Access.Judge(host, Sender, Packet.Outgoing);
        OutRule = judgement.Rule;
        if (judgement.Allowed)
        {
            Note(ExplainLayer.RulesOut, judgement.Text);
            return null;
        }
        return Drop(ExplainLayer.RulesOut, DropReason.PolicyOut, judgement.Text, Remedies.Rules(this, Sender, judgement, Packet.Outgoing));
    }

    /// <summary>Asks the access rules of the receiver's side; null when they let it in.</summary>
    public Ending? AskIn(EndpointPlan receiver, out FlowRule? rule)
    {
        var judgement = Access.Judge(host, receiver, Packet.Incoming);
        rule = judgement.Rule;
        if (judgement.Allowed)
        {
            Note(ExplainLayer.RulesIn, judgement.Text);
            return null;
        }
        return Drop(ExplainLayer.RulesIn, DropReason.PolicyIn, judgement.Text, Remedies.Rules(this, receiver, judgement, Packet.Incoming)) with
        {
            To = Ends.Of(host, receiver, Packet.Destination),
            InRule = rule,
        };
    }

    /// <summary>An endpoint gets it, if its access rules let it.</summary>
    public Ending Enter(EndpointPlan receiver)
    {
        if (AskIn(receiver, out var rule) is { } refused)
            return refused;
        var text = SidecarLayer.AskIn(this, receiver) is { } sidecar
            ? $"the sidecar of endpoint '{receiver.Name}' gets it, which listens on port {sidecar.InboundPort}"
            : $"endpoint '{receiver.Name}' gets it";
        return Arrive(Ends.Of(host, receiver, Packet.Destination), text) with { InRule = rule };
    }
}
