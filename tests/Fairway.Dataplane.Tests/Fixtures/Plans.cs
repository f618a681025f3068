using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Plan;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Dataplane.Tests.Fixtures;

/// <summary>Plans as the planner makes them.</summary>
internal static class Plans
{
    public static NetworkPlan Network(uint number = 1, NetworkType type = NetworkType.Nat, string? subnet4 = "10.77.0.0/24", string? subnet6 = "fd77::/64", int mtu = 1500)
    {
        var id = Guid.NewGuid();
        ImmutableArray<IPNetwork> subnets = [.. new[] { subnet4, subnet6 }.OfType<string>().Select(IPNetwork.Parse)];
        return new NetworkPlan
        {
            Id = id,
            Number = number,
            Name = $"net{number}",
            Type = type,
            HostLink = NetworkTraits.Of(type).HasHostPort ? $"fw-net{number}" : null,
            GatewayMac = new MacAddress(0x02_77_00_00_00_00UL + number),
            Mtu = mtu,
            Gateways = !NetworkTraits.Of(type).HasGateway ? [] : [.. subnets.Select(subnet => new EndpointAddress(Host(subnet, 1), subnet.PrefixLength))],
            Subnets = subnets,
            Uplink = NetworkTraits.Of(type).HasUplink ? "up0" : null,
        };
    }

    /// <summary>The endpoint with the port number as its host part.</summary>
    public static EndpointPlan Endpoint(NetworkPlan network, TestSpace space, uint port, string interfaceName = "eth0", uint generation = 1, Guid? id = null)
    {
        Guid identity = id ?? Guid.NewGuid();
        return new EndpointPlan
        {
            Id = identity,
            Name = $"ep{port}",
            Port = port,
            Generation = generation,
            Network = network.Number,
            HostLink = $"fw{identity.ToString("N")[..12]}",
            NetnsPath = space.Path,
            NetnsCookie = space.Namespace.Cookie,
            InterfaceName = interfaceName,
            MacAddress = new MacAddress(0x02_55_00_00_00_00UL + ((ulong)network.Number << 16) + port),
            Addresses = [.. network.Subnets.Select(subnet => new EndpointAddress(Host(subnet, port + 1), subnet.PrefixLength))],
            Gateways = network.Type == NetworkType.Nat ? [.. network.Gateways.Select(gateway => gateway.Address)] : [],
            GatewayMac = network.GatewayMac,
            Mtu = network.Mtu,
        };
    }

    /// <summary>The NIC of a virtual machine.</summary>
    public static EndpointPlan Machine(NetworkPlan network, uint port, string tap)
    {
        var identity = Guid.NewGuid();
        return new EndpointPlan
        {
            Id = identity,
            Name = $"vm{port}",
            Port = port,
            Generation = 1,
            Network = network.Number,
            HostLink = tap,
            VirtualNic = new VirtualNic(),
            NetnsPath = "",
            NetnsCookie = 0,
            InterfaceName = tap,
            MacAddress = new MacAddress(0x02_55_00_00_00_00UL + ((ulong)network.Number << 16) + port),
            Addresses = [.. network.Subnets.Select(subnet => new EndpointAddress(Host(subnet, port + 1), subnet.PrefixLength))],
            Gateways = [.. network.Gateways.Select(gateway => gateway.Address)],
            GatewayMac = network.GatewayMac,
            Mtu = network.Mtu,
        };
    }

    public static PublicationPlan Publication(EndpointPlan endpoint, uint number, ushort hostPort, ushort targetPort, int count = 1,
        string hostAddress = "0.0.0.0", TransportProtocol protocol = TransportProtocol.Tcp, params string[] from)
    {
        IPAddress address = IPAddress.Parse(hostAddress);
        return new PublicationPlan
        {
            Number = number,
            Port = endpoint.Port,
            Generation = endpoint.Generation,
            Network = endpoint.Network,
            Protocol = protocol,
            HostAddress = address,
            HostPort = hostPort,
            Count = count,
            Target = endpoint.Addresses.First(mine => mine.Address.AddressFamily == address.AddressFamily).Address,
            TargetPort = targetPort,
            From = [.. from.Select(IPNetwork.Parse)],
        };
    }

    /// <summary>The address of a prefix with a host part.</summary>
    public static IPAddress Host(IPNetwork subnet, uint host)
    {
        byte[] bytes = subnet.BaseAddress.GetAddressBytes();
        bytes[^1] += (byte)host;
        bytes[^2] += (byte)(host >> 8);
        return new IPAddress(bytes);
    }
}
