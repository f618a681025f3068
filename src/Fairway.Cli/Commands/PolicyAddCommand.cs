using System.Collections.Immutable;
using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Resources;
using Fairway.Model.Policies;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway policy add</c>.</summary>
internal sealed class PolicyAddCommand
{
    private readonly Argument<string> _target = PolicyCommand.Target();
    private readonly Argument<PolicyAction> _action = Word<PolicyAction>("ACTION", "allow, block, or pass (leave it to the next tier)");
    private readonly Argument<PolicyDirection> _direction = Word<PolicyDirection>("DIRECTION", "out (the endpoint calls) or in (it is called)");
    private readonly Option<bool> _network = PolicyCommand.Network();
    private readonly Option<AddressMatch?> _remote = Text<AddressMatch?>("--remote", "ADDRESSES", "Who is called, or calls: addresses, prefixes, ids of address sets", text => (PolicyText.TryParseAddresses(text, out var match, out var error) ? match : null, error));
    private readonly Option<AddressMatch?> _local = Text<AddressMatch?>("--local", "ADDRESSES", "Only with these addresses of the endpoint", text => (PolicyText.TryParseAddresses(text, out var match, out var error) ? match : null, error));
    private readonly Option<ImmutableArray<byte>?> _protocols = Text<ImmutableArray<byte>?>("--protocol", "PROTOCOLS", "tcp, udp, icmp, icmpv6 or numbers", text => (PolicyText.TryParseProtocols(text, out var protocols, out var error) ? protocols : null, error));
    private readonly Option<ImmutableArray<PortInterval>?> _ports = Ports("--port", "Ports that are called: 80,443,8000-8099");
    private readonly Option<ImmutableArray<PortInterval>?> _callers = Ports("--caller-port", "Ports the caller has");
    private readonly Option<ImmutableArray<IcmpMessage>?> _icmp = Text<ImmutableArray<IcmpMessage>?>("--icmp", "TYPES", "ICMP types, or types and codes: 8,3/4", text => (PolicyText.TryParseIcmp(text, out var messages, out var error) ? messages : null, error));
    private readonly Option<ushort?> _priority = Number("--priority", "Place in its tier, 0 to 65535; lower is asked first (default: 1000)");
    private readonly Option<string?> _id = new("--id") { Description = "What lists and events call the rule", HelpName = "ID" };
    private readonly Option<string?> _tier = new("--tier") { Description = "Put it into this tier, which is asked before rules outside of tiers", HelpName = "NAME" };
    private readonly Option<ushort?> _order = Number("--order", "Place of the tier, 0 to 65535; lower is asked first");

    public static CliCommand Create() => new PolicyAddCommand().Command();

    private CliCommand Command() => new CliCommand("add", "Adds an access rule. From the first one on, what no rule allows in its direction is closed")
    {
        Examples = """
            fairway policy add c1 allow out --remote 10.0.0.0/8 --protocol tcp --port 443
            fairway policy add c1 block in --remote blocked --priority 10
            fairway policy add web allow in --network --protocol tcp --port 80,443
            """,
    }
    .With(_target, _action, _direction)
    .With(_network, _remote, _local, _protocols, _ports, _callers, _icmp, _priority, _id, _tier, _order)
    .Does(RunAsync);

    private async Task RunAsync(Session session)
    {
        var isNetwork = session.Get(_network);
        var added = await session.Client.AddRulesAsync(session.Get(_target), isNetwork, [Rule(session, isNetwork)], session.Cancellation);
        var documents = RuleResource.Documents(added);
        session.Write(RuleResource.Kind, documents, terminal =>
            terminal.Out.WriteLine($"added rule {documents[0].Number} to {(isNetwork ? "network" : "endpoint")} '{session.Get(_target)}'"));
    }

    private AclRule Rule(Session session, bool isNetwork)
    {
        var direction = session.Get(_direction);
        var (called, callers) = (session.Get(_ports) ?? [], session.Get(_callers) ?? []);
        return new AclRule
        {
            Kind = isNetwork ? PolicyKind.NetworkAcl : session.Get(_tier) is null ? PolicyKind.Acl : PolicyKind.TierAcl,
            Id = session.Get(_id),
            Tier = session.Get(_tier),
            Order = session.Get(_order) ?? 0,
            Direction = direction,
            Action = session.Get(_action),
            Priority = session.Get(_priority) ?? 1000,
            Protocols = session.Get(_protocols) ?? [],
            Remote = session.Get(_remote) ?? AddressMatch.Any,
            Local = session.Get(_local) ?? AddressMatch.Any,
            LocalPorts = direction == PolicyDirection.In ? called : callers,
            RemotePorts = direction == PolicyDirection.In ? callers : called,
            IcmpMessages = session.Get(_icmp) ?? [],
        };
    }

    private static Argument<T> Word<T>(string name, string description)
        where T : struct, Enum
    {
        var words = string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
        var argument = new Argument<T>(name)
        {
            Description = description,
            CustomParser = result => Enum.TryParse<T>(result.Tokens[0].Value, ignoreCase: true, out var value) && Enum.IsDefined(value)
                ? value
                : result.Refuse<T>($"'{result.Tokens[0].Value}' is no {name.ToLowerInvariant()}; write {words}"),
        };
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add(words.Split(", "));
        return argument;
    }

    private static Option<ImmutableArray<PortInterval>?> Ports(string name, string description) =>
        Text<ImmutableArray<PortInterval>?>(name, "PORTS", description, text => (PolicyText.TryParsePorts(text, out var ports, out var error) ? ports : null, error));

    private static Option<ushort?> Number(string name, string description) =>
        Text<ushort?>(name, "N", description, text => ushort.TryParse(text, out var number) ? (number, null) : (null, $"'{text}' is no number from 0 to 65535"));

    private static Option<T> Text<T>(string name, string helpName, string description, Func<string, (T Value, string? Error)> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => parse(result.Tokens[0].Value) is var (value, error) && error is null ? value : result.Refuse<T>(error!),
    };
}
