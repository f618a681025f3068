using System.CommandLine;
using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;
using Fairway.Model.Requests;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway loadbalancer create</c>.</summary>
internal sealed class LoadBalancerCreateCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Letters, digits and _.-, at most 63" };
    private readonly Option<IPAddress[]> _frontends = Values.Addresses("--vip", "Address it answers on (default: every address of the host)");
    private readonly Option<PortPublication[]> _ports = Values.Publications("--port", "Port of callers and port of backends, one or more");
    private readonly Option<string[]> _backends = new Option<string[]>("--backend") { Description = "Endpoint that serves, one or more", HelpName = "ENDPOINT" }.Completing(EndpointResource.Instance);
    private readonly Option<bool> _internal = new("--internal") { Description = "For endpoints and the host only, not for callers from outside" };

    private readonly Option<bool> _keepVip = new("--keep-vip") { Description = "Backends get packets with the address that was called, and have it, too (ip addr add VIP/32 dev eth0)" };

    private readonly Option<SessionAffinity?> _affinity = new("--affinity")
    {
        Description = "Which connections get the same backend: none (default), source (of one address), source-protocol",
        HelpName = "KIND",
        CustomParser = result => Enum.GetValues<SessionAffinity>().Cast<SessionAffinity?>().FirstOrDefault(kind => LoadBalancerResource.Word(kind!.Value) == result.Tokens[0].Value) is { } known
            ? known
            : result.Refuse<SessionAffinity?>($"'{result.Tokens[0].Value}' is no affinity; write none, source or source-protocol"),
    };

    private readonly Option<string?> _source = new Option<string?>("--source") { Description = "Endpoint of the backends' overlay network, attached nowhere, as whom everybody calls who is not of that network", HelpName = "ENDPOINT" }.Completing(EndpointResource.Instance);
    private readonly Option<string?> _network = new Option<string?>("--network") { Description = "Network that all backends must be of", HelpName = "NETWORK" }.Completing(NetworkResource.Instance);

    private LoadBalancerCreateCommand()
    {
        _ports.Required = true;
        _affinity.CompletionSources.Clear();
        _affinity.CompletionSources.Add([.. Enum.GetValues<SessionAffinity>().Select(LoadBalancerResource.Word)]);
    }

    public static CliCommand Create() => new LoadBalancerCreateCommand().Command();

    private CliCommand Command() => new CliCommand("create", "Creates a load balancer")
    {
        Examples = """
            fairway loadbalancer create shop --vip 10.96.0.10 --port 80:8080 --backend c1 --backend c2
            fairway loadbalancer create dns --vip 10.96.0.53 --port 53:53/udp --port 53:53 --backend c3 --affinity source --internal
            fairway loadbalancer create node --port 30080:80 --backend web/c1
            fairway loadbalancer create pods --vip 10.96.0.20 --port 80:80 --backend pod1 --backend pod2 --source outside
            """,
    }
    .With(_name)
    .With(_frontends, _ports, _backends, _affinity, _internal, _keepVip, _source, _network)
    .Does(RunAsync);

    private async Task RunAsync(Session session)
    {
        var request = new CreateLoadBalancerRequest
        {
            Name = session.Get(_name),
            Network = session.Get(_network),
            Frontends = [.. session.Get(_frontends) ?? []],
            Ports = [.. (session.Get(_ports) ?? []).SelectMany(range => Ports(session, range))],
            Source = session.Get(_source),
            Backends = [.. session.Get(_backends) ?? []],
        };
        var created = await session.Client.CreateLoadBalancerAsync(request, session.Cancellation);
        var document = LoadBalancerResource.Document(created, await Inventory.ReadAsync(session));
        var frontends = document.Frontends.Count == 0 ? "the host's addresses" : Text.List(document.Frontends);
        var backends = document.Backends.Count == 1 ? "1 backend" : $"{document.Backends.Count} backends";
        ResourceCommands.Tell(session, LoadBalancerResource.Instance, document, $"created load balancer '{document.Name}': {frontends} to {backends}");
    }

    private IEnumerable<LoadBalancerPort> Ports(Session session, PortPublication range)
    {
        if (range.HostAddress is { } address)
            throw Wrong($"--port {PublicationText.Format(range)} names an address; give it with --vip {address}");
        if (range.HostPort == 0)
            throw Wrong($"--port {PublicationText.Format(range)} asks for a free port, which callers would not know; give the port");
        return Enumerable.Range(0, range.Count).Select(i => new LoadBalancerPort
        {
            Protocol = range.Protocol,
            Port = (ushort)(range.HostPort + i),
            BackendPort = (ushort)(range.ContainerPort + i),
            Affinity = session.Get(_affinity) ?? SessionAffinity.None,
            Internal = session.Get(_internal),
            KeepsFrontend = session.Get(_keepVip),
        });
    }

    private static FairwayException Wrong(string sentence) => new(ErrorKind.InvalidArgument, "command line", sentence);
}
