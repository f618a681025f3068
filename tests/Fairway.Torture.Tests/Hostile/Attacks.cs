using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Torture.Tests.Hostile;

/// <summary>What a container with every right in its own namespace can try on its network.</summary>
internal sealed class Attacks(Party self, Party neighbour, Party stranger, MacAddress gateway, IPAddress gateway4, IPAddress gateway6)
{
    private static readonly IPAddress s_allNodes = IPAddress.Parse("ff02::1");
    private static readonly MacAddress s_none = new(0);

    /// <summary>In each frame with room for it.</summary>
    public static byte[] Payload { get; } = "fairway hostile payload"u8.ToArray();

    public IEnumerable<Attack> All() => Identity().Concat(NeighbourTables()).Concat(Services()).Concat(Shapes()).Concat(Reach());

    private IEnumerable<Attack> Identity()
    {
        foreach (bool version6 in (bool[])[false, true])
        {
            string family = version6 ? "IPv6" : "IPv4";
            yield return new($"{family} from another MAC", DropReason.SourceMac, (self with { Mac = neighbour.Mac }).To(neighbour, version6, Udp()), (self with { Mac = new MacAddress(0x02DEADBEEF01) }).To(neighbour, version6, Udp()));
            IPAddress[] borrowed = [neighbour.Address(version6), version6 ? gateway6 : gateway4, stranger.Address(version6), IPAddress.Parse(version6 ? "2001:db8:77::7" : "203.0.113.7"), IPAddress.Parse(version6 ? "::1" : "127.0.0.1")];
            yield return new($"{family} from another address", DropReason.SourceAddress, [.. borrowed.Select(source => Frame.Of(neighbour.Mac, self.Mac, new Packet(source, neighbour.Address(version6), Udp())))]);
            yield return new($"{family} to the outside from another address", DropReason.SourceAddress, [.. borrowed.Select(source => Frame.Of(gateway, self.Mac, new Packet(source, IPAddress.Parse(version6 ? Machine.LanAddress6 : Machine.LanAddress4), Udp())))]);
        }
    }

    private IEnumerable<Attack> NeighbourTables()
    {
        yield return new("ARP answers for others", DropReason.SourceAddress, [.. ((IPAddress[])[neighbour.V4, gateway4]).Select(address => Frame.Of(neighbour.Mac, self.Mac, Frame.Arp, Arp.Of(Arp.Reply, self.Mac, address, neighbour.Mac, neighbour.V4)))]);
        yield return new("ARP announcements of others", DropReason.SourceAddress, [.. ((IPAddress[])[neighbour.V4, gateway4]).Select(address => Frame.Of(Frame.Broadcast, self.Mac, Frame.Arp, Arp.Of(Arp.Request, self.Mac, address, s_none, address)))]);
        yield return new("ARP with another MAC inside", DropReason.SourceMac, Frame.Of(Frame.Broadcast, self.Mac, Frame.Arp, Arp.Of(Arp.Request, neighbour.Mac, self.V4, s_none, gateway4)));
        yield return new("neighbour advertisements of others", DropReason.SourceAddress, [.. ((IPAddress[])[neighbour.V6, gateway6]).Select(address => Frame.Of(neighbour.Mac, self.Mac, NeighbourDiscovery.Advertise(address, neighbour.V6, self.Mac)))]);
    }

    private IEnumerable<Attack> Services()
    {
        Segment advertisement = Segment.Icmp(true, NeighbourDiscovery.RouterAdvertisement, rest: 0x4000_0708, body: [.. new byte[8], 3, 4, 64, 0xC0, .. new byte[28]]);
        yield return new("router advertisements", DropReason.RogueService, Frame.Of(NeighbourDiscovery.MacOf(s_allNodes), self.Mac, new Packet(self.V6, s_allNodes, advertisement) { Hops = 255 }),
            Frame.Of(neighbour.Mac, self.Mac, new Packet(self.V6, neighbour.V6, advertisement) { Hops = 255 }));
        byte[] offer = [2, .. new byte[239]];
        yield return new("a DHCP server", DropReason.RogueService, self.To(neighbour, false, Segment.Udp(67, 68, offer)), Frame.Of(Frame.Broadcast, self.Mac, new Packet(self.V4, IPAddress.Broadcast, Segment.Udp(67, 68, offer))));
        yield return new("a DHCPv6 server", DropReason.RogueService, self.To(neighbour, true, Segment.Udp(547, 546, [2, 0, 0, 1])));
        Segment redirect = Segment.Icmp(false, 5, 1, rest: 0x0A50_010B, body: new Packet(neighbour.V4, IPAddress.Parse("9.9.9.9"), Udp()).ToBytes()[..28]);
        yield return new("redirects", DropReason.RogueService, self.To(neighbour, false, redirect));
    }

    private IEnumerable<Attack> Shapes()
    {
        byte[] good = self.To(neighbour, false, Udp());
        yield return new("VLAN tags", DropReason.Protocol, [.. ((byte[][])[[0x81, 0, 0, 100], [0x88, 0xA8, 0, 100], [0x81, 0, 0, 1, 0x81, 0, 0, 2]]).Select(tag => (byte[])[.. good[..12], .. tag, .. good[12..]])]);
        yield return new("other protocols than IP", DropReason.Protocol, [.. ((byte[][])[[0x88, 0x47], [0x88, 0xCC], [0x88, 0x8E]]).Select(type => (byte[])[.. good[..12], .. type, .. good[14..]])]);
        yield return new("IPv4 options that contradict themselves, and source routes", DropReason.Malformed,
            [.. ((byte[][])[[7, 0, 4, 0], [1, 1, 7, 3], [7, 9, 4, 0, 0, 0, 0, 0], [0x83, 7, 4, 9, 9, 9, 9, 0]]).Select(options => Frame.Of(neighbour.Mac, self.Mac, new Packet(self.V4, neighbour.V4, Udp()) { Options = options }))]);
        yield return new("IPv6 extension headers without end, and routing headers", DropReason.Malformed,
            Six([.. Enumerable.Repeat(Extension.DestinationOptions(), 9)]), Six(Extension.Routing(0, 1)), Six(Extension.Routing(4, 2)));
        byte[] tcp = self.To(neighbour, false, Segment.Tcp(4000, 80, TcpFlags.Syn, Payload));
        yield return new("an IPv4 header longer than the packet", DropReason.Malformed, [.. good[..14], 0x4F, .. good[15..34]]);
        yield return new("an IPv4 packet longer than its frame", DropReason.Malformed, good[..^8]);
        yield return new("a TCP header cut off", DropReason.Malformed, Frame.Of(neighbour.Mac, self.Mac, new Packet(self.V4, neighbour.V4, Segment.Other(Protocols.Tcp, tcp[34..46]))));
        Packet large = new(self.V4, IPAddress.Parse(Machine.LanAddress4), Segment.Udp(4000, 5000, new byte[1200])) { DontFragment = false, Identification = 0x777 };
        yield return new("the end of a datagram that never began", DropReason.UnknownFragment, Frame.Of(gateway, self.Mac, large.Fragment(800)));
    }

    private IEnumerable<Attack> Reach()
    {
        foreach (bool version6 in (bool[])[false, true])
        {
            yield return new($"another network over {(version6 ? "IPv6" : "IPv4")}", DropReason.Isolated, self.To(gateway, stranger.Address(version6), Udp()), self.To(gateway, stranger.Address(version6), Segment.Tcp(4000, 80, TcpFlags.Syn)),
                Frame.Of(stranger.Mac, self.Mac, new Packet(self.Address(version6), stranger.Address(version6), Segment.EchoRequest(version6, 1))));
        }
        yield return new("groups", DropReason.Multicast, Frame.Of(Frame.Broadcast, self.Mac, new Packet(self.V4, IPAddress.Broadcast, Udp())), Frame.Of(NeighbourDiscovery.MacOf(s_allNodes), self.Mac, new Packet(self.V6, s_allNodes, Udp())));
        yield return new("the host's loopback", DropReason.Isolated, self.To(gateway, IPAddress.Loopback, Segment.Tcp(4000, 8081, TcpFlags.Syn)), self.To(gateway, IPAddress.IPv6Loopback, Segment.Tcp(4000, 8081, TcpFlags.Syn)));
    }

    private byte[] Six(params Extension[] extensions) => Frame.Of(neighbour.Mac, self.Mac, new Packet(self.V6, neighbour.V6, Udp()) { Extensions = extensions });

    private static Segment Udp() => Segment.Udp(4000, 5000, Payload);
}
