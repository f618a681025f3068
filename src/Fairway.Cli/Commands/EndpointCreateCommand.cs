using System.CommandLine;
using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Ports;
using Fairway.Model.Requests;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway endpoint create</c>.</summary>
internal sealed class EndpointCreateCommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "Unique on its network, and what it resolves by (default: made from its id)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _network = new Option<string>("--network")
    {
        Description = "Network it belongs to: name, id or beginning of an id",
        HelpName = "NETWORK",
        Required = true,
    }.Completing(NetworkResource.Instance);

    private readonly Option<string?> _namespace = EndpointCommand.NamespaceOption();
    private readonly Option<string?> _netns = EndpointCommand.NetnsOption();
    private readonly Option<string?> _ifname = EndpointCommand.InterfaceOption();
    private readonly Option<IPAddress[]> _addresses = Values.Addresses("--ip", "Address, at most one per subnet (default: a free one of each)");
    private readonly Option<MacAddress?> _mac = Values.Mac("--mac", "MAC address (default: made from network and address)");
    private readonly Option<IPAddress[]> _remote = Values.Addresses("--remote", "The other host whose endpoint it is, on an overlay network; needs --ip and --mac");
    private readonly Option<PortPublication[]> _publish = Values.Publications("--publish", "Port of the host that leads to a port of the endpoint; 0 for a free one");
    private readonly Option<IPNetwork[]> _from = PublishFrom();
    private readonly Option<string[]> _aliases = new("--alias") { Description = "A further name it resolves by", HelpName = "NAME" };

    private readonly Option<int?> _mtu = new("--mtu") { Description = "Largest packet of its interface in bytes (default: its network's, the most it can be)", HelpName = "N" };
    private readonly Option<string?> _portName = new("--port-name") { Description = "A further name of the host's side of its link, for ip link, tc and tcpdump", HelpName = "NAME" };
    private readonly Option<bool> _apart = new("--apart") { Description = "Keep it from other endpoints of its network" };
    private readonly LimitOptions _limits = new();
    private readonly WayOptions _ways = new();
    private readonly VirtualNicOptions _machine = new();

    public static CliCommand Create() => new EndpointCreateCommand().Command();

    public static Option<IPNetwork[]> PublishFrom() =>
        Values.Prefixes("--publish-from", "Who may use the published ports (default: everyone)");

    private CliCommand Command() => new CliCommand("create", "Creates an endpoint, and attaches it when a namespace is given")
    {
        Examples = """
            fairway endpoint create c1 --network web --namespace c1
            fairway endpoint create db --network web --netns /proc/4711/ns/net --ip 10.20.0.5 --alias database
            fairway endpoint create www --network web --namespace c2 --publish 8080:80 --publish 127.0.0.1:0:9000/udp
            fairway endpoint create edge --network web --netns /proc/4712/ns/net --nat-except 10.0.0.0/8 --route 203.0.113.0/24,192.0.2.254
            fairway endpoint create batch --network web --namespace c3 --limit-in 100mbit --limit-out 20mbit
            fairway endpoint create vm1 --network web --vm --ifname tap-vm1 --publish 2222:22
            fairway endpoint create ftp --network web --publish 21:21 --publish 40000-40099:30000-30099 --publish-from 192.0.2.0/24
            """,
    }
    .With(_name)
    .With(_network, _namespace, _netns, _ifname, _addresses, _mac, _remote, _publish, _from, _aliases, _mtu, _portName, _apart)
    .With([.. _machine.All])
    .With([.. _limits.All])
    .With([.. _ways.All])
    .Does(RunAsync);

    private async Task RunAsync(Session session)
    {
        var endpoint = await session.Client.CreateEndpointAsync(Request(session), session.Cancellation);
        var document = EndpointResource.Document(endpoint, await Inventory.ReadAsync(session));
        ResourceCommands.Tell(session, EndpointResource.Instance, document, EndpointCommand.Sentence("created", document));
    }

    private CreateEndpointRequest Request(Session session)
    {
        EndpointCommand.RequireOneNamespace(session.Get(_namespace), session.Get(_netns));
        var publications = session.Get(_publish) ?? [];
        var from = session.Get(_from) ?? [];
        if (from.Length > 0 && publications.Length == 0)
            throw new FairwayException(ErrorKind.InvalidArgument, "command line", "--publish-from says who may use published ports, and none is; add --publish");
        return new CreateEndpointRequest
        {
            Name = session.Get(_name),
            Network = session.Get(_network),
            Namespace = session.Get(_namespace),
            NetnsPath = session.Get(_netns),
            VirtualNic = _machine.Read(session),
            InterfaceName = session.Get(_ifname),
            Addresses = [.. session.Get(_addresses) ?? []],
            MacAddress = session.Get(_mac),
            ProviderAddress = (session.Get(_remote) ?? []) is { Length: > 1 } hosts
                ? throw new FairwayException(ErrorKind.InvalidArgument, "command line", $"an endpoint is on one host, not on {hosts[0]} and {hosts[1]}; leave one out")
                : session.Get(_remote)?.FirstOrDefault(),
            Publications = [.. publications.Select(publication => publication with { From = [.. from] })],
            Aliases = [.. session.Get(_aliases) ?? []],
            Mtu = session.Get(_mtu),
            PortName = session.Get(_portName),
            Apart = session.Get(_apart),
            Bandwidth = _limits.Read(session),
            OutboundNat = _ways.OutboundNat(session),
            SwitchRoutes = _ways.Routes(session),
        };
    }
}
