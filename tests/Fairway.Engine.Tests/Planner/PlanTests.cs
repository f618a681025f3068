using System.Net;
using Fairway.Engine.Tests.Operations;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Engine.Tests.Planner;

/// <summary>What was asked, and everything the kernel then holds.</summary>
public sealed class PlanTests : OperationTest
{
    [Fact]
    public async Task Host_WithOneNetworkOfEachKind()
    {
        await Host.Networking.DeleteNetworkAsync("web", Cancellation);
        await CreateNetworkAsync(Network(1, "web", NetworkType.Nat, "10.1.0.0/24", "fd00:1::/64"));
        await CreateNetworkAsync(Network(2, "vault", NetworkType.Internal, "10.2.0.0/24") with { Mtu = 1400 });
        await CreateNetworkAsync(Network(3, "a-name-longer-than-a-link", NetworkType.Private, "10.2.0.0/24"));
        await CreateNetworkAsync(Network(4, "a-name-longer-than-a-link-too", NetworkType.Nat, "fd00:4::/64"));
        foreach (var name in (string[])["c1", "c2"])
            await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = name }, Cancellation);
        await EndpointAsync(11, "a", 1, "c1", "eth0", new PortPublication { HostPort = 8080, ContainerPort = 80 });
        await EndpointAsync(12, "b", 2, "c1", "eth1");
        await EndpointAsync(13, "c", 3, "c2", "eth0");
        await EndpointAsync(14, "d", 4, "c2", "eth1", new PortPublication { Protocol = TransportProtocol.Udp, HostAddress = IPAddress.IPv6Loopback, HostPort = 5000, ContainerPort = 6000, Count = 3 });
        await EndpointAsync(15, "idle", 1, null, "eth0", new PortPublication { HostPort = 9090, ContainerPort = 80 });

        Assert.Equal("""
            network 2 web Nat dev fw-web mac 02:25:e6:6e:c9:23 mtu 1500 gateway 10.1.0.1/24,fd00:1::1/64 subnet 10.1.0.0/24,fd00:1::/64
            network 3 vault Internal dev fw-vault mac 02:ea:f6:cb:ca:ea mtu 1400 gateway 10.2.0.1/24 subnet 10.2.0.0/24
            network 4 a-name-longer-than-a-link Private dev - mac 02:e7:f9:89:72:6d mtu 1500 gateway - subnet 10.2.0.0/24
            network 5 a-name-longer-than-a-link-too Nat dev fw-00000004 mac 02:b3:57:43:3c:cf mtu 1500 gateway fd00:4::1/64 subnet fd00:4::/64
            port 1 generation 1 network 2 dev fw000000110000 endpoint a
            port 2 generation 1 network 3 dev fw000000120000 endpoint b
            port 3 generation 1 network 4 dev fw000000130000 endpoint c
            port 4 generation 1 network 5 dev fw000000140000 endpoint d
            publish 1 Tcp 0.0.0.0 port 8080 count 1 to 10.1.0.2 port 80 switch-port 1 from -
            publish 2 Tcp :: port 8080 count 1 to fd00:1::2 port 80 switch-port 1 from -
            publish 3 Udp ::1 port 5000 count 3 to fd00:4::2 port 6000 switch-port 4 from -
            netns /run/netns/fairway-c1
                eth0 mac 02:19:42:03:c6:04 mtu 1500 inet 10.1.0.2/24,fd00:1::2/64 via 10.1.0.1,fd00:1::1 neighbour 02:25:e6:6e:c9:23
                eth1 mac 00:15:5d:01:02:03 mtu 1400 inet 10.2.0.2/24 via - neighbour 02:ea:f6:cb:ca:ea
            netns /run/netns/fairway-c2
                eth0 mac 02:1e:1b:2e:23:d5 mtu 1500 inet 10.2.0.1/24 via - neighbour 02:e7:f9:89:72:6d
                eth1 mac 02:ca:aa:18:4b:3f mtu 1500 inet fd00:4::2/64 via fd00:4::1 neighbour 02:b3:57:43:3c:cf

            """, Host.Kernel.Dump());
    }

    private Task<Endpoint> EndpointAsync(int id, string name, int network, string? compartment, string interfaceName, params PortPublication[] publications) =>
        Host.Networking.CreateEndpointAsync(new EndpointSpec
        {
            Id = Id(id),
            Name = name,
            NetworkId = Id(network),
            NamespaceId = compartment is null ? null : Host.Networking.GetNamespace(compartment).Spec.Id,
            InterfaceName = interfaceName,
            MacAddress = name == "b" ? new MacAddress(0x00_15_5d_01_02_03) : null,
            Publications = [.. publications],
        }, Cancellation);

    private static NetworkSpec Network(int id, string name, NetworkType type, params string[] prefixes) =>
        new() { Id = Id(id), Name = name, Type = type, Subnets = [.. prefixes.Select(prefix => new SubnetSpec(IPNetwork.Parse(prefix)))] };

    private static Guid Id(int number) => Guid.Parse($"{number:D8}-0000-4000-8000-00000000{number:D4}");
}
