using System.Net;
using System.Net.Sockets;
using Fairway.Cli.Output;
using Fairway.Model.Flows;

namespace Fairway.Cli.Monitor;

/// <summary>One event on one line: <c>15:04:05.123  drop  web  tcp  c1 10.20.0.2:43122 -> 10.30.0.2:5432  60 bytes  isolated: ...</c>.</summary>
internal static class FlowLine
{
    public static string Of(FlowEvent flow, bool colour)
    {
        var drop = flow.Kind == FlowEventKind.Drop;
        var kind = (drop ? "drop" : "flow").In(drop ? Paint.Red : Paint.Green, colour);
        var time = flow.Time.ToLocalTime().ToString("HH:mm:ss.fff").In(Paint.Dim, colour);
        var line = $"{time}  {kind}  {flow.Network ?? "-",-12}  {Protocol(flow.Protocol),-6}  {Way(flow)}";
        if (drop)
            line += $"  {flow.Length} bytes  " + $"{flow.Reason}: {ReasonText.Of(flow.Reason)}".In(Paint.Yellow, colour);
        line += Decided(flow);
        return flow.Missed == 0 ? line : $"{line}  (and {Text.Count((int)Math.Min(flow.Missed, int.MaxValue), "event")} too many to show)";
    }

    /// <summary>Of a drop the rule that blocked, of a connection those that allowed it.</summary>
    private static string Decided(FlowEvent flow)
    {
        List<FlowRule?> rules = flow.Reason switch
        {
            DropReason.PolicyOut => [flow.OutRule],
            DropReason.PolicyIn => [flow.InRule],
            DropReason.None => [flow.OutRule, flow.InRule],
            _ => [],
        };
        var texts = rules.OfType<FlowRule>().Select(Rule).ToList();
        return texts.Count == 0 ? "" : $"  ({string.Join("; ", texts)})";
    }

    private static string Rule(FlowRule rule)
    {
        var place = rule.Tier is null ? $"{rule.Policy} of {rule.Owner}" : $"{rule.Policy} of {rule.Owner}, tier {rule.Tier}";
        return rule.Rule is null ? $"no rule of {rule.Owner} allows it" : $"{rule.Action.ToString().ToLowerInvariant()} by rule {rule.Rule}, {place}";
    }

    private static string Way(FlowEvent flow) =>
        flow.Source is null && flow.Destination is null
            ? $"{flow.From ?? "outside"} -> {flow.To ?? "anyone"}"
            : $"{End(flow.From, flow.Source, flow.SourcePort)} -> {End(flow.To, flow.Destination, flow.DestinationPort)}";

    private static string End(string? name, IPAddress? address, ushort port)
    {
        var text = (address, port) switch
        {
            (null, _) => "?",
            (_, 0) => address.ToString(),
            ({ AddressFamily: AddressFamily.InterNetworkV6 }, _) => $"[{address}]:{port}",
            _ => $"{address}:{port}",
        };
        return name is null ? text : $"{name} {text}";
    }

    /// <summary>IANA's protocol numbers, as far as anybody meets them.</summary>
    private static string Protocol(byte number) => number switch
    {
        0 => "non-ip",
        1 => "icmp",
        2 => "igmp",
        6 => "tcp",
        17 => "udp",
        47 => "gre",
        50 => "esp",
        58 => "icmpv6",
        132 => "sctp",
        _ => $"ip-{number}",
    };
}
