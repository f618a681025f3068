using System.CommandLine;
using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway network add-subnet</c> and <c>remove-subnet</c>.</summary>
internal static class SubnetCommands
{
    public static CliCommand CreateAdd()
    {
        var reference = ResourceCommands.Reference(NetworkResource.Instance);
        var prefix = Values.PrefixArguments("CIDR", "Prefix of the subnet", ArgumentArity.ExactlyOne);
        var gateway = Values.Addresses("--gateway", "The host's address in it (default: the first); on a LAN the router's");
        var ranges = Values.Prefixes("--ip-range", "Part of it to give addresses from; the rest is for engines that allocate themselves (default: all of it)");
        var parts = Values.Prefixes("--part", "In place of a range, parts to give addresses from, in this order");
        var routes = Values.Routes("--route", "Prefix, and the router that packets of its endpoints to it are sent to; encap for one on another host of an overlay");
        var vsid = new Option<uint?>("--vsid") { Description = "overlay: virtual subnet id, 4096 to 16777214, the same on every host", HelpName = "N" };
        return new CliCommand("add-subnet", "Gives a network one more subnet; endpoints that are there keep the addresses they have")
        {
            Examples = """
                fairway network add-subnet web 10.21.0.0/16
                fairway network add-subnet web fd21::/64 --gateway fd21::ffff
                fairway network add-subnet pods 10.50.3.0/24 --vsid 4097
                """,
        }
        .With(reference, prefix)
        .With(gateway, ranges, parts, routes, vsid)
        .Does(async session =>
        {
            var subnet = new SubnetSpec(session.Get(prefix)[0], One("--gateway", session.Get(gateway) ?? []), OneOrNone("--ip-range", session.Get(ranges) ?? []))
            {
                VirtualSubnet = session.Get(vsid),
                Routes = [.. session.Get(routes) ?? []],
                Parts = [.. (session.Get(parts) ?? []).Select(part => new SubnetPart(part))],
            };
            var changed = await session.Client.AddSubnetAsync(session.Get(reference), subnet, session.Cancellation);
            await TellAsync(session, changed, $"added subnet {subnet.Prefix} to");
        });
    }

    public static CliCommand CreateRemove()
    {
        var reference = ResourceCommands.Reference(NetworkResource.Instance);
        var prefixes = Values.PrefixArguments("CIDR", "Prefixes of subnets in which no endpoint has an address", ArgumentArity.OneOrMore);
        return new CliCommand("remove-subnet", "Takes subnets from a network, all of them or none") { Examples = "fairway network remove-subnet web 10.21.0.0/16 fd21::/64" }
            .With(reference, prefixes)
            .Does(async session =>
            {
                var changed = await session.Client.RemoveSubnetsAsync(session.Get(reference), session.Get(prefixes), session.Cancellation);
                await TellAsync(session, changed, $"removed {Text.List(session.Get(prefixes).Select(prefix => $"subnet {prefix}"))} from");
            });
    }

    private static async Task TellAsync(Session session, Network changed, string sentence)
    {
        var document = NetworkResource.Document(changed, await Inventory.ReadAsync(session));
        ResourceCommands.Tell(session, NetworkResource.Instance, document, $"{sentence} network {NetworkResource.Instance.Title(document)}, which has {Text.List(document.Subnets.Select(s => s.Prefix))} now");
    }

    private static IPAddress? One(string option, IPAddress[] given) => given.Length > 1 ? throw Twice(option, $"{given[0]}", $"{given[1]}") : given.FirstOrDefault();

    private static IPNetwork? OneOrNone(string option, IPNetwork[] given) => given.Length > 1 ? throw Twice(option, $"{given[0]}", $"{given[1]}") : given.Length == 1 ? given[0] : null;

    private static FairwayException Twice(string option, string one, string other) =>
        new(ErrorKind.InvalidArgument, "command line", $"{option} is given twice, {one} and {other}; leave one out");
}
