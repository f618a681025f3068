using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Plan;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Testing.Contract;

/// <summary>Plans as the planner would make them.</summary>
public static class PlanSamples
{
    /// <summary>A dual-stack network 10.77.N.0/24, fd77:N::/64.</summary>
    public static NetworkPlan Network(uint number, string link, NetworkType type = NetworkType.Nat) => new()
    {
        Id = Guid.NewGuid(),
        Number = number,
        Name = $"sample{number}",
        Type = type,
        HostLink = NetworkTraits.Of(type).HasHostPort ? link : null,
        GatewayMac = new MacAddress(0x02_00_77_00_00_00UL + number),
        Mtu = 1500,
        Gateways = NetworkTraits.Of(type).HasGateway ? [Address4(number, 1), Address6(number, 1)] : [],
        NextHops = NetworkTraits.Of(type).IsHairpin ? [Address4(number, 1), Address6(number, 1)] : [],
        Uplink = NetworkTraits.Of(type).HasUplink ? link : null,
        Subnets = [IPNetwork.Parse($"10.77.{number}.0/24"), IPNetwork.Parse($"fd77:{number:x}::/64")],
        Tunnel = NetworkTraits.Of(type).IsEncapsulated ? new TunnelPlan(4789, [5000 + number]) : null,
    };

    /// <summary>An endpoint with the addresses .HOST and ::HOST of its network.</summary>
    public static EndpointPlan Endpoint(NetworkPlan network, uint port, string netnsPath, ulong cookie, string interfaceName = "eth0")
    {
        var id = Guid.NewGuid();
        return new EndpointPlan
        {
            Id = id,
            Name = $"e{port}",
            Port = port,
            Generation = 1,
            Network = network.Number,
            HostLink = "fw" + id.ToString("N")[..12],
            NetnsPath = netnsPath,
            NetnsCookie = cookie,
            InterfaceName = interfaceName,
            MacAddress = new MacAddress(0x02_77_00_00_00_00UL + port),
            Addresses = [Address4(network.Number, port + 1), Address6(network.Number, port + 1)],
            Gateways = network.Type == NetworkType.Nat ? [.. network.Gateways.Select(gateway => gateway.Address)] : [],
            GatewayMac = network.GatewayMac,
            Mtu = network.Mtu,
        };
    }

    /// <summary>An endpoint whose inside end an engine puts into a namespace.</summary>
    public static EndpointPlan HandedOver(NetworkPlan network, uint port)
    {
        var endpoint = Endpoint(network, port, "", 0);
        return endpoint with { HandoverLink = "fwi" + endpoint.Id.ToString("N")[..12] };
    }

    /// <summary>The NIC of a virtual machine.</summary>
    public static EndpointPlan Machine(NetworkPlan network, uint port, string tap) => Endpoint(network, port, "", 0) with { HostLink = tap, VirtualNic = new VirtualNic() };

    /// <summary>A publication of host ports towards the first IPv4 address of an endpoint.</summary>
    public static PublicationPlan Publication(EndpointPlan endpoint, uint number, ushort hostPort, int count = 1, params ImmutableArray<IPNetwork> from) => new()
    {
        Number = number,
        Port = endpoint.Port,
        Generation = endpoint.Generation,
        Network = endpoint.Network,
        Protocol = TransportProtocol.Tcp,
        HostAddress = IPAddress.Any,
        HostPort = hostPort,
        Count = count,
        Target = endpoint.Addresses[0].Address,
        TargetPort = 80,
        From = from,
    };

    private static EndpointAddress Address4(uint network, uint host) => new(IPAddress.Parse($"10.77.{network}.{host}"), 24);

    private static EndpointAddress Address6(uint network, uint host) => new(IPAddress.Parse($"fd77:{network:x}::{host:x}"), 64);
}
