using System.Net;
using System.Net.Sockets;
using Fairway.Client;
using Fairway.Client.Direct;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Requests;

namespace Fairway.Bench.Peers;

/// <summary>A host with a daemon of Fairway and one NAT network; containers are attached by one call of its API, as engines do it.</summary>
internal class FairwayHost(string tag) : PeerHost(tag), IPolicyHost
{
    private const string Network = "bench";
    // A request is a mebibyte at most.
    private const int InOneRequest = 1000;
    private FairwayDaemon? _daemon;
    private FairwayOverlay? _overlay;

    public override IReadOnlyList<int> Daemons => _daemon is null ? [] : [_daemon.Id];

    protected FairwayClientOptions Options => _daemon!.Options;

    private FairwayClient Client => _daemon!.Client;

    private string Server => $"{Network}/{Pair.Server.Name}";

    public override void Start()
    {
        _daemon = new FairwayDaemon(Tag, Space.FilePath);
        Wait(Client.CreateNetworkAsync(new NetworkSpec { Name = Network }));
    }

    public override void Attach(Container container)
    {
        using var client = new DirectClient(Options);
        AttachResult result = client.Attach(new AttachRequest
        {
            Network = Network,
            NetnsPath = container.NetnsPath,
            Endpoint = container.Name,
            Owner = new Owner("bench", container.Name),
            Publish = [.. container.Forwards.Take(InOneRequest).Select(Publication)],
        });
        foreach (Forward[] some in container.Forwards.Skip(InOneRequest).Chunk(InOneRequest))
            Wait(Client.PublishAsync($"{result.EndpointId}", [.. some.Select(Publication)]));
        container.Address = result.Addresses.Select(item => item.Address).First(address => address.AddressFamily == AddressFamily.InterNetwork);
        // Where its network's resolver answers.
        container.Answer = result.Gateways.First(address => address.AddressFamily == AddressFamily.InterNetwork).ToString();
    }

    public override void Detach(Container container)
    {
        using var client = new DirectClient(Options);
        client.Detach(new DetachRequest(new Owner("bench", container.Name)));
    }

    public override CallPath PathOf(PathKind kind) => kind == PathKind.Overlay ? (_overlay ??= new FairwayOverlay(Space)).Path : PathOfPair(kind);

    public override NamePath Names() => new(Pair.Client.NetnsPath, IPAddress.Parse(Pair.Client.Answer), Pair.Server.Name);

    public void Install(int rules)
    {
        var rest = new AclRule { Kind = PolicyKind.Acl, Direction = PolicyDirection.In, Action = PolicyAction.Allow, Priority = ushort.MaxValue, Id = "rest" };
        foreach (AclRule[] some in BlockedCaller.Some(rules).Select((caller, i) => Block(caller, $"r{i}")).Prepend(rest).Chunk(InOneRequest))
            Wait(Client.AddRulesAsync(Server, isNetwork: false, some));
    }

    public void AddOne() => Wait(Client.AddRulesAsync(Server, isNetwork: false, [Block(new BlockedCaller("192.0.2.9", 9), "one")]));

    public void RemoveOne() => Wait(Client.RemoveRulesAsync(Server, isNetwork: false, ["one"]));

    public void Clear()
    {
        foreach (AclRule[] some in Wait(Client.ListRulesAsync(Server, isNetwork: false)).Chunk(InOneRequest))
            Wait(Client.RemoveRulesAsync(Server, isNetwork: false, [.. some.Select(rule => rule.Id!)]));
    }

    public static IPAddress AddressOfService(int number) => new([10, 96, (byte)(number >> 8), (byte)number]);

    /// <summary>Makes a load balancer on an address of its own, with the server behind it.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="port">Port of the server.</param>
    public void AddService(int number, int port) => Wait(Client.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
    {
        Name = $"s{number}",
        Frontends = [AddressOfService(number)],
        Ports = [new LoadBalancerPort { Port = 80, BackendPort = (ushort)port }],
        Backends = [Server],
    }));

    /// <summary>Takes it away.</summary>
    public void RemoveService(int number) => Wait(Client.DeleteLoadBalancerAsync($"s{number}"));

    protected override void Stop()
    {
        _overlay?.Dispose();
        _daemon?.Dispose();
    }

    private static AclRule Block(BlockedCaller caller, string id) => new()
    {
        Kind = PolicyKind.Acl,
        Direction = PolicyDirection.In,
        Action = PolicyAction.Block,
        Id = id,
        Protocols = [6],
        Remote = new AddressMatch { Prefixes = [IPNetwork.Parse($"{caller.Address}/32")] },
        LocalPorts = [new PortInterval((ushort)caller.Port, (ushort)caller.Port)],
    };

    private static PortPublication Publication(Forward forward) => new()
    {
        HostPort = (ushort)forward.HostPort,
        ContainerPort = (ushort)forward.ContainerPort,
        Protocol = forward.IsUdp ? TransportProtocol.Udp : TransportProtocol.Tcp,
    };

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
