using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Cli.Resources;
using Fairway.Model.Policies;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway policy</c>.</summary>
internal static class PolicyCommand
{
    private const string SetKind = "AddressSet";

    private static readonly IReadOnlyList<Column<AddressSetDocument>> s_setColumns = [new("SET", set => set.Id), new("NAME", set => set.Name ?? ""), new("VALUES", set => Text.List(set.Values))];

    public static CliCommand Create() => new CliCommand("policy", "Access rules: who may call whom, for endpoints and whole networks")
        .With(PolicyAddCommand.Create(), CreateList(), CreateRemove(), CreateSet(), CreateUnset(), CreateSets());

    public static Argument<string> Target() => new("TARGET") { Description = "Endpoint, or network with --network: name, id or beginning of an id" };

    public static Option<bool> Network() => new("--network") { Description = "TARGET is a network; its rules are about all of its endpoints and are asked first" };

    private static CliCommand CreateList()
    {
        var (target, network) = (Target(), Network());
        return new CliCommand("list", "Lists access rules in the order they are asked") { Examples = "fairway policy list c1\nfairway policy list web --network --output json" }
            .With(target)
            .With(network)
            .Does(async session =>
            {
                var documents = RuleResource.Documents(await session.Client.ListRulesAsync(session.Get(target), session.Get(network), session.Cancellation));
                session.Write(RuleResource.Kind, documents, terminal => Table.Write(terminal, RuleResource.Columns, documents));
            });
    }

    private static CliCommand CreateRemove()
    {
        var (target, network) = (Target(), Network());
        var rules = new Argument<string[]>("RULE") { Description = "Numbers or ids of rules", Arity = ArgumentArity.OneOrMore };
        return new CliCommand("remove", "Removes access rules, all of them or none") { Examples = "fairway policy remove c1 3\nfairway policy remove web --network no-telnet" }
            .With(target, rules)
            .With(network)
            .Does(async session =>
            {
                await session.Client.RemoveRulesAsync(session.Get(target), session.Get(network), session.Get(rules), session.Cancellation);
                session.Write<RuleDocument>(RuleResource.Kind, [], terminal =>
                    terminal.Out.WriteLine($"removed {Text.List(session.Get(rules))} from {(session.Get(network) ? "network" : "endpoint")} '{session.Get(target)}'"));
            });
    }

    private static CliCommand CreateSet()
    {
        var (network, id) = (ResourceCommands.Reference(NetworkResource.Instance), new Argument<string>("SET") { Description = "What rules call it" });
        var values = new Argument<AddressMatch>("ADDRESSES")
        {
            Description = "Addresses and prefixes, or ids of other sets, separated by commas; * empties it",
            CustomParser = result => PolicyText.TryParseAddresses(result.Tokens[0].Value, out var match, out var error) ? match : result.Refuse<AddressMatch>(error),
        };
        return new CliCommand("set", "Creates an address set, or gives it new contents; rules that use it follow at once")
        {
            Examples = """
                fairway policy set web office 192.0.2.0/24,198.51.100.7
                fairway policy set web friends office,partners
                """,
        }
        .With(network, id, values)
        .Does(async session =>
        {
            var match = session.Get(values);
            var set = new AddressSet { Id = session.Get(id), Nested = !match.Sets.IsEmpty, Prefixes = match.Prefixes, Sets = match.Sets };
            await session.Client.PutSetsAsync(session.Get(network), [set], session.Cancellation);
            session.Write(SetKind, [Document(set)], terminal => terminal.Out.WriteLine($"set '{set.Id}' of network '{session.Get(network)}' is {match}"));
        });
    }

    private static CliCommand CreateUnset()
    {
        var network = ResourceCommands.Reference(NetworkResource.Instance);
        var ids = new Argument<string[]>("SET") { Description = "Ids of address sets", Arity = ArgumentArity.OneOrMore };
        return new CliCommand("unset", "Removes address sets that nothing uses") { Examples = "fairway policy unset web office" }
            .With(network, ids)
            .Does(async session =>
            {
                await session.Client.RemoveSetsAsync(session.Get(network), session.Get(ids), session.Cancellation);
                session.Write<AddressSetDocument>(SetKind, [], terminal => terminal.Out.WriteLine($"removed {Text.List(session.Get(ids))} from network '{session.Get(network)}'"));
            });
    }

    private static CliCommand CreateSets()
    {
        var network = ResourceCommands.Reference(NetworkResource.Instance);
        return new CliCommand("sets", "Lists the address sets of a network") { Examples = "fairway policy sets web" }
            .With(network)
            .Does(async session =>
            {
                List<AddressSetDocument> documents = [.. (await session.Client.ListSetsAsync(session.Get(network), session.Cancellation)).Select(Document)];
                session.Write(SetKind, documents, terminal => Table.Write(terminal, s_setColumns, documents));
            });
    }

    private static AddressSetDocument Document(AddressSet set) => new(set.Id, set.Name, [.. set.Prefixes.Select(prefix => prefix.ToString()), .. set.Sets]);
}
