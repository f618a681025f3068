using Fairway.Cli.Output.Documents;
using Fairway.Model.Explain;
using Fairway.Model.Flows;
using Fairway.Model.Policies;

namespace Fairway.Cli.Explain;

/// <summary>The daemon's explanation as the command line's own document.</summary>
internal static class ExplanationReader
{
    public static ExplanationDocument Of(Explanation explanation) => new()
    {
        Verdict = explanation.Verdict.ToString(),
        Reason = Reason(explanation.Reason),
        Summary = explanation.Summary,
        Remedy = explanation.Remedy,
        From = End(explanation.From)!,
        To = End(explanation.To),
        Packet = Tuple(explanation.Packet)!,
        Delivered = Tuple(explanation.Delivered),
        OutRule = Rule(explanation.OutRule),
        InRule = Rule(explanation.InRule),
        Route = explanation.Route is { } route ? new ExplainRouteDocument(route.Device, route.NextHop?.ToString(), route.Mtu) : null,
        Encapsulation = explanation.Encapsulation is { } tunnel
            ? new ExplainEncapsulationDocument(tunnel.VirtualSubnet, tunnel.ProviderAddress.ToString(), tunnel.LocalAddress?.ToString(), tunnel.UdpPort, tunnel.MacAddress.ToString())
            : null,
        Backends = [.. explanation.Backends.Select(Backend)],
        Steps = [.. explanation.Steps.Select(step => new ExplainStepDocument(step.Layer.ToString(), step.Passed, step.Text))],
        Revision = explanation.Revision,
    };

    private static string? Reason(DropReason reason) => reason == DropReason.None ? null : reason.ToString();

    private static ExplainEndDocument? End(ExplainEnd? end) => end is null ? null : new ExplainEndDocument(end.Kind.ToString(), end.Name, end.Network, end.Id, end.Address?.ToString());

    private static ExplainTupleDocument? Tuple(ExplainTuple? tuple) => tuple is null ? null
        : new ExplainTupleDocument(PolicyText.Protocol(tuple.Protocol), tuple.Source.ToString(), tuple.SourcePort, tuple.Destination.ToString(), tuple.DestinationPort);

    private static ExplainRuleDocument? Rule(FlowRule? rule) => rule is null ? null
        : new ExplainRuleDocument(rule.Policy.ToString(), rule.Owner, rule.Tier, rule.Rule, rule.Action.ToString().ToLowerInvariant());

    private static ExplainBackendDocument Backend(ExplainBackend backend) =>
        new(backend.End.Name!, backend.End.Network!, backend.Delivered.Destination.ToString(), backend.Delivered.DestinationPort, Reason(backend.Reason), Rule(backend.Rule));
}
