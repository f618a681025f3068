using System.CommandLine;
using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway network create</c>.</summary>
internal sealed class NetworkCreateCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Letters, digits and _.-, at most 63" };

    private readonly Option<NetworkType?> _type = new("--type")
    {
        Description = "nat (a way out through the host; default), internal (no way out), private (not even the host), transparent (on the LAN, each with its own MAC), l2bridge (on the LAN behind the host's MAC), l2tunnel (and all by the router), overlay (several hosts have it)",
        HelpName = "TYPE",
        CustomParser = result => Enum.TryParse<NetworkType>(result.Tokens[0].Value, ignoreCase: true, out var type) && Enum.IsDefined(type)
            ? type
            : result.Refuse<NetworkType?>($"'{result.Tokens[0].Value}' is no type of network; write {Types}"),
    };

    private readonly Option<IPNetwork[]> _subnets = Values.Prefixes("--subnet", "Prefix of the network, one or more (default: one IPv4 and one IPv6 prefix nobody uses)");
    private readonly Option<IPAddress[]> _gateways = Values.Addresses("--gateway", "The host's address in one of the subnets (default: the first of each); on a LAN the router's");
    private readonly Option<IPNetwork[]> _ranges = Values.Prefixes("--ip-range",
        "Part of a subnet to give addresses from; the rest is for engines that allocate themselves (default: all of it)");
    private readonly Option<SwitchRoute[]> _routes = Values.Routes("--route", "Prefix, and the router that packets of all endpoints to it are sent to; encap for one on another host of an overlay");
    private readonly Option<int?> _mtu = new("--mtu") { Description = "Largest packet in bytes (default: that of the host's way out)", HelpName = "N" };
    private readonly Option<string?> _uplink = new("--uplink") { Description = "Device of the host behind which the LAN is (default: that of the host's way out)", HelpName = "NIC" };
    private readonly Option<int?> _vlan = new("--vlan") { Description = "VLAN there, 1 to 4094 (default: untagged)", HelpName = "N" };
    private readonly Option<bool> _dhcp = new("--dhcp") { Description = "Endpoints ask the LAN's DHCP server for an address themselves (transparent only)" };
    private readonly Option<bool> _internal = new("--internal") { Description = "No way out and no way in: the same as --type internal" };

    private readonly NatOptions _nat = new("its endpoints'");
    private readonly OverlayOptions _overlay = new();

    private static string Types => string.Join(", ", Enum.GetNames<NetworkType>()).ToLowerInvariant();

    private NetworkCreateCommand()
    {
        _type.CompletionSources.Clear();
        _type.CompletionSources.Add([.. Enum.GetNames<NetworkType>().Select(name => name.ToLowerInvariant())]);
        _mtu.CustomParser = result => int.TryParse(result.Tokens[0].Value, out var mtu)
            ? mtu
            : result.Refuse<int?>($"'{result.Tokens[0].Value}' is no MTU; write a number of bytes from 1280 to 65535");
        _vlan.CustomParser = result => int.TryParse(result.Tokens[0].Value, out var vlan)
            ? vlan
            : result.Refuse<int?>($"'{result.Tokens[0].Value}' is no VLAN; write a number from 1 to 4094");
    }

    public static CliCommand Create() => new NetworkCreateCommand().Command();

    private CliCommand Command() => new CliCommand("create", "Creates a network")
    {
        Examples = """
            fairway network create web
            fairway network create blue --subnet 10.20.0.0/16 --gateway 10.20.0.254
            fairway network create db --internal --subnet 10.30.0.0/24 --subnet fd30::/64
            fairway network create shared --subnet 10.40.0.0/16 --ip-range 10.40.0.0/18
            fairway network create edge --nat-source 198.51.100.7 --nat-except 10.0.0.0/8
            fairway network create lan --type transparent --uplink eth1 --subnet 192.0.2.0/24 --gateway 192.0.2.1 --ip-range 192.0.2.128/25
            fairway network create pods --type overlay --subnet 10.50.1.0/24 --vsid 4096 --remote-subnet 10.50.2.0/24,192.0.2.2,02:15:5d:00:00:02
            """,
    }
    .With(_name)
    .With([_type, _subnets, _gateways, _ranges, _routes, _mtu, _uplink, _vlan, _dhcp, _internal, .. _nat.All, .. _overlay.All])
    .Does(RunAsync);

    private async Task RunAsync(Session session)
    {
        var network = await session.Client.CreateNetworkAsync(Spec(session), session.Cancellation);
        var document = NetworkResource.Document(network, await Inventory.ReadAsync(session));
        ResourceCommands.Tell(session, NetworkResource.Instance, document, Sentence(document));
    }

    private NetworkSpec Spec(Session session)
    {
        var type = session.Get(_type);
        if (session.Get(_internal) && type is not (null or NetworkType.Internal))
            throw Wrong($"--internal and --type {type.ToString()!.ToLowerInvariant()} contradict each other; leave one out");
        return _overlay.Complete(session, new NetworkSpec
        {
            Name = session.Get(_name),
            Type = session.Get(_internal) ? NetworkType.Internal : type ?? NetworkType.Nat,
            Subnets = [.. Subnets(session.Get(_subnets) ?? [], session.Get(_gateways) ?? [], session.Get(_ranges) ?? [], session.Get(_routes) ?? [])],
            Mtu = session.Get(_mtu),
            Uplink = session.Get(_uplink),
            Vlan = session.Get(_vlan),
            Dhcp = session.Get(_dhcp),
            OutboundNat = _nat.Read(session),
        });
    }

    /// <summary>Each gateway and each range goes to the subnet it lies in, each route to those of its IP version.</summary>
    private static IEnumerable<SubnetSpec> Subnets(IPNetwork[] prefixes, IPAddress[] gateways, IPNetwork[] ranges, SwitchRoute[] routes)
    {
        foreach (var range in ranges)
        {
            if (!prefixes.Any(prefix => prefix.Covers(range)))
                throw Wrong($"--ip-range {range} lies in no subnet of the command line; name the subnet with --subnet");
        }
        foreach (var gateway in gateways)
        {
            if (prefixes.Length == 0)
                throw Wrong($"--gateway {gateway} needs the subnet it lies in; name it with --subnet");
            if (!prefixes.Any(prefix => prefix.Contains(gateway)))
                throw Wrong($"--gateway {gateway} lies in none of the subnets {Text.List(prefixes.Select(p => p.ToString()))}; choose an address of one of them");
        }
        foreach (var route in routes)
        {
            if (!prefixes.Any(prefix => IsSameFamily(prefix, route)))
                throw Wrong($"--route {route.Destination},{route.NextHop} needs a subnet of its IP version; name it with --subnet");
        }
        foreach (var prefix in prefixes)
        {
            var inside = gateways.Where(prefix.Contains).ToList();
            if (inside.Count > 1)
                throw Wrong($"subnet {prefix} has two gateways, {inside[0]} and {inside[1]}; leave one out");
            var parts = ranges.Where(range => prefix.Covers(range)).ToList();
            if (parts.Count > 1)
                throw Wrong($"subnet {prefix} has two ranges, {parts[0]} and {parts[1]}; leave one out");
            yield return new SubnetSpec(prefix, inside.FirstOrDefault(), parts.Count == 1 ? parts[0] : null) { Routes = [.. routes.Where(route => IsSameFamily(prefix, route))] };
        }
    }

    private static bool IsSameFamily(IPNetwork prefix, SwitchRoute route) => prefix.BaseAddress.AddressFamily == route.Destination.BaseAddress.AddressFamily;

    private static string Sentence(NetworkDocument network) =>
        $"created network '{network.Name}' ({network.Type.ToLowerInvariant()}): {(network.Subnets.Count == 0 ? "addresses by DHCP" : Text.List(network.Subnets.Select(s => s.Prefix)))}";

    private static FairwayException Wrong(string sentence) => new(ErrorKind.InvalidArgument, "command line", sentence);
}
