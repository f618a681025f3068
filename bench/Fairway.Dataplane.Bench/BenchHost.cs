using System.Net;
using Fairway.Engine.Plan;
using Fairway.Linux.Namespaces;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Dataplane.Bench;

/// <summary>A namespace that stands for the host, one network, and namespaces to attach to. All of it goes with the object.</summary>
internal sealed class BenchHost : IDisposable
{
    private readonly string _name = $"fwbench{Environment.ProcessId}";
    private readonly List<NetworkNamespace> _spaces = [];

    public BenchHost(int endpoints)
    {
        Space = NetworkNamespace.Create($"{_name}.host");
        Options = new DataplaneOptions { Instance = _name, Host = Space, ServeHostProcesses = false };
        Network = MakeNetwork();
        for (int i = 0; i < endpoints; i++)
        {
            _spaces.Add(NetworkNamespace.Create($"{_name}.c{i}"));
            _spaces[i].SetLoopbackUp();
        }
        Endpoints = [.. _spaces.Select((space, i) => MakeEndpoint(space, (uint)i + 1))];
    }

    public NetworkNamespace Space { get; }

    public DataplaneOptions Options { get; }

    public Settings Settings { get; } = new();

    public NetworkPlan Network { get; }

    public IReadOnlyList<EndpointPlan> Endpoints { get; }

    public NetworkNamespace SpaceOf(int endpoint) => _spaces[endpoint];

    /// <summary>Ports from a first one on, one publication each, all to the first endpoint.</summary>
    public IReadOnlyList<PublicationPlan> Publications(ushort first, int count) => [.. Enumerable.Range(0, count).Select(i => new PublicationPlan
    {
        Number = (uint)(first + i),
        Port = Endpoints[0].Port,
        Generation = 1,
        Network = 1,
        Protocol = TransportProtocol.Tcp,
        HostAddress = IPAddress.Any,
        HostPort = (ushort)(first + i),
        Count = 1,
        Target = Endpoints[0].Addresses[0].Address,
        TargetPort = 80,
        From = [],
    })];

    public void Dispose()
    {
        new Uninstaller(Options, Settings).Run();
        foreach (NetworkNamespace space in _spaces)
            space.Dispose();
        Space.Dispose();
        foreach (string name in NetworkNamespace.ListNamed().Where(name => name.StartsWith($"{_name}.", StringComparison.Ordinal)))
            NetworkNamespace.Delete(name);
    }

    private static NetworkPlan MakeNetwork() => new()
    {
        Id = Guid.NewGuid(),
        Number = 1,
        Name = "bench",
        Type = NetworkType.Nat,
        HostLink = "fw-bench",
        GatewayMac = new MacAddress(0x02_00_00_00_00_01UL),
        Mtu = 1500,
        Gateways = [Address4(1), Address6(1)],
        Subnets = [IPNetwork.Parse("10.66.0.0/16"), IPNetwork.Parse("fd66::/64")],
    };

    private EndpointPlan MakeEndpoint(NetworkNamespace space, uint port)
    {
        var id = Guid.NewGuid();
        return new EndpointPlan
        {
            Id = id,
            Name = $"e{port}",
            Port = port,
            Generation = 1,
            Network = 1,
            HostLink = $"fw{id.ToString("N")[..12]}",
            NetnsPath = space.Description,
            NetnsCookie = space.Cookie,
            InterfaceName = "eth0",
            MacAddress = new MacAddress(0x02_01_00_00_00_00UL + port),
            Addresses = [Address4(port + 1), Address6(port + 1)],
            Gateways = [.. Network.Gateways.Select(gateway => gateway.Address)],
            GatewayMac = Network.GatewayMac,
            Mtu = 1500,
        };
    }

    private static EndpointAddress Address4(uint host) => new(new IPAddress([10, 66, (byte)(host >> 8), (byte)host]), 16);

    private static EndpointAddress Address6(uint host) => new(IPAddress.Parse($"fd66::{host:x}"), 64);
}
