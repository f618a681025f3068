using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Policies;

namespace Fairway.Cli.Resources;

/// <summary>Access rules on the command line.</summary>
internal static class RuleResource
{
    public const string Kind = "Rule";

    public static IReadOnlyList<Column<RuleDocument>> Columns { get; } =
    [
        new("RULE", rule => $"{rule.Number}"),
        new("ID", rule => rule.Id ?? ""),
        new("TIER", rule => rule.Tier is null ? "" : $"{rule.Tier} ({rule.Order})"),
        new("PRIORITY", rule => $"{rule.Priority}"),
        new("DIRECTION", rule => rule.Direction),
        new("ACTION", rule => rule.Action, rule => rule.Action switch { "allow" => Paint.Green, "block" => Paint.Red, _ => Paint.None }),
        new("PROTOCOL", rule => rule.IcmpTypes.Length > 0 ? $"{Any(rule.Protocols)} {rule.IcmpTypes}" : Any(rule.Protocols)),
        new("LOCAL", rule => Side(rule.LocalAddresses, rule.LocalPorts)),
        new("REMOTE", rule => Side(rule.RemoteAddresses, rule.RemotePorts)),
    ];

    /// <summary>In the order they are asked.</summary>
    public static List<RuleDocument> Documents(IEnumerable<AclRule> rules) =>
    [
        .. rules.OrderBy(rule => rule.Direction).ThenBy(rule => rule.Kind).ThenBy(rule => rule.Order).ThenBy(rule => rule.Tier, StringComparer.Ordinal)
            .ThenBy(rule => rule.Priority).ThenBy(rule => rule.Number).Select(Document),
    ];

    private static RuleDocument Document(AclRule rule) => new()
    {
        Number = rule.Number,
        Id = rule.Id,
        Policy = rule.Kind.ToString(),
        Tier = rule.Tier,
        Order = rule.Order,
        Direction = rule.Direction.ToString().ToLowerInvariant(),
        Action = rule.Action.ToString().ToLowerInvariant(),
        Priority = rule.Priority,
        Protocols = string.Join(',', rule.Protocols.Select(PolicyText.Protocol)),
        LocalAddresses = rule.Local.ToString(),
        RemoteAddresses = rule.Remote.ToString(),
        LocalPorts = string.Join(',', rule.LocalPorts),
        RemotePorts = string.Join(',', rule.RemotePorts),
        IcmpTypes = string.Join(',', rule.IcmpMessages),
    };

    private static string Any(string text) => text.Length > 0 ? text : "any";

    private static string Side(string addresses, string ports) => ports.Length > 0 ? $"{Any(addresses)} port {ports}" : Any(addresses);
}
