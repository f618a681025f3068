using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Robustness;

/// <summary>
/// One frame of every kind the switch knows, in a scene where all of them mean something: A has connections to the outside, and ports 8080 of every
/// address of the host lead to B.
/// </summary>
internal sealed class Traffic
{
    private const int HostPort = 8080;
    private const int TargetPort = 123;
    private const int ClientPort = 5555;

    private readonly List<Sample> _samples = [];

    public Traffic(Scene scene)
    {
        Scene = scene;
        scene.Configure((ref ConfigRow row) => row.FlowQuota = row.HalfOpenQuota = 100_000);
        scene.AddAddress(scene.A, TestNetwork.Web.Address(false, 77));
        scene.AddAddress(scene.A, TestNetwork.Web.Address(true, 77));
        AddArp();
        AddNeighbourDiscovery();
        foreach (bool version6 in new[] { false, true })
        {
            foreach (TransportProtocol protocol in Enum.GetValues<TransportProtocol>())
                scene.Publish(Scene.AnyAddress(version6), HostPort, scene.B, TargetPort, protocol);
            AddNeighbours(version6);
            AddOutbound(version6);
            AddPublished(version6);
            AddFragments(version6);
            AddHost(version6);
        }
        AddOddities();
    }

    public Scene Scene { get; }

    public IReadOnlyList<Sample> Samples => _samples;

    private void AddArp()
    {
        foreach (IPAddress target in new[] { Scene.B.V4, TestNetwork.Web.Gateway4, Scene.A.V4 })
            Add("ARP", Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, Scene.A.V4, new(0), target)));
        Add("ARP of a resolver", Scene.WebResolver, Frame.Of(Frame.Broadcast, Scene.WebResolver.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.WebResolver.Mac, TestNetwork.Web.Gateway4, new(0), Scene.A.V4)));
    }

    private void AddNeighbourDiscovery()
    {
        IPAddress linkLocal = IPAddress.Parse("fe80::ff:fe50:1");
        foreach (IPAddress target in new[] { Scene.B.V6, TestNetwork.Web.Gateway6, Scene.A.V6 })
        {
            Add("solicitation", Scene.A, Group(NeighbourDiscovery.Solicit(Scene.A.V6, target, Scene.A.Mac)));
            Add("solicitation, link-local", Scene.A, Group(NeighbourDiscovery.Solicit(linkLocal, target, Scene.A.Mac)));
            Add("duplicate address detection", Scene.A, Group(NeighbourDiscovery.Solicit(IPAddress.IPv6Any, target, null)));
        }
        Add("advertisement", Scene.A, Group(NeighbourDiscovery.Advertise(Scene.A.V6, IPAddress.Parse("ff02::1"), Scene.A.Mac)));
        Add("router advertisement", Scene.A, Group(new Packet(linkLocal, IPAddress.Parse("ff02::1"), Segment.Icmp(true, 134, body: new byte[8])) { Hops = 255 }));
        Add("IGMP", Scene.A, Group(Scene.A.To(IPAddress.Parse("224.0.0.22"), Segment.Other(Protocols.Igmp, 0x22, 0, 0, 0, 0, 0, 0, 0))));
    }

    private void AddNeighbours(bool version6)
    {
        foreach (Segment segment in (Segment[])[Segments.Syn(), Segments.Ack(4000, 443, new byte[20]), Segment.Udp(4000, 53), Segment.EchoRequest(version6, 7), Segment.Other(Protocols.Sctp, new byte[12])])
        {
            Add("to a neighbour", Scene.A, Scene.A.To(Scene.B, version6, segment));
            Add("to the gateway", Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), segment));
            Add("to the host", Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), segment));
            Add("inside", Scene.E, Scene.E.To(Scene.F, version6, segment));
            Add("to another network", Scene.A, Scene.A.To(Scene.D, version6, segment));
        }
        Add("from a second address", Scene.A, new Packet(TestNetwork.Web.Address(version6, 77), Scene.B.Address(version6), Segment.Udp(1, 2)));
        Add("answer of a resolver", Scene.WebResolver, Scene.WebResolver.To(Scene.A, version6, Segment.Udp(53, 4000)));
        Add("DHCP", Scene.A, Scene.A.To(Scene.B, version6, version6 ? Segment.Udp(547, 546) : Segment.Udp(67, 68)));
    }

    private void AddOutbound(bool version6)
    {
        foreach ((Segment question, Segment answer) in Segments.Exchanges(version6))
        {
            Packet asked = Scene.A.To(Outside.Server(version6), question);
            Reading left = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan).Reading;
            Packet translated = asked with { Source = left.Source, Segment = question.WithPorts(left.SourcePort, left.DestinationPort) };
            Packet reply = new(Outside.Server(version6), TestUplink.Lan.Address(version6), answer.WithPorts(left.DestinationPort, left.SourcePort));
            Add("out", Scene.A, asked);
            Add("nearly expired", Scene.A, asked with { Hops = 1 });
            Add("answer", reply);
            Add("nearly expired answer", reply with { Hops = 1 });
            foreach (byte type in version6 ? (byte[])[1, 2, 3] : [3, 11, 12])
                Add("error of a router", new Packet(Outside.Router(version6), TestUplink.Lan.Address(version6), Segment.Icmp(version6, type, 0, 1280, translated.ToBytes())));
            Add("error about an answer", Scene.A,
                Scene.A.To(Outside.Server(version6), Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 3, body: (reply with { Destination = Scene.A.Address(version6), Segment = answer }).ToBytes())));
        }
        Add("no way", Scene.A, Scene.A.To(IPAddress.Parse(version6 ? "2001:db8:200::1" : "10.200.0.1"), Segments.Syn()));
    }

    private void AddPublished(bool version6)
    {
        foreach ((Segment call, Segment answer) in new[] { (Segments.Syn(ClientPort, HostPort), Segments.SynAck(TargetPort, ClientPort)), (Segment.Udp(ClientPort, HostPort), Segment.Udp(TargetPort, ClientPort)) })
        {
            Packet called = new(Outside.Client(version6), TestUplink.Lan.Address(version6), call);
            Scene.Receive(TestUplink.Lan, called).ReachesPort(Scene.B);
            Add("call", called);
            Add("answer to a call", Scene.B, Scene.B.To(Outside.Client(version6), answer));
            Packet seen = called with { Destination = Scene.B.Address(version6), Segment = call.WithPorts(ClientPort, TargetPort) };
            Add("error about a call", Scene.B, Scene.B.To(Outside.Client(version6), Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 3, body: seen.ToBytes())));
            foreach (TestEndpoint caller in new[] { Scene.A, Scene.B, Scene.D })
            {
                Packet hairpin = caller.To(TestUplink.Lan.Address(version6), call);
                Reading arrived = Scene.Send(caller, hairpin).ReachesPort(Scene.B).Reading;
                Add("call of an endpoint", caller, hairpin);
                Add("answer to an endpoint", Scene.B, Scene.B.To(arrived.Source, answer.WithPorts(TargetPort, arrived.SourcePort)));
            }
            Add("call of an internal endpoint", Scene.E, Scene.E.To(TestUplink.Lan.Address(version6), call));
        }
        Add("to the host itself", new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), Segment.Udp(1, 2)));
    }

    private void AddFragments(bool version6)
    {
        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, new byte[80]));
        Packet call = new(Outside.Client(version6), TestUplink.Lan.Address(version6), Segment.Udp(ClientPort, HostPort, new byte[80]));
        foreach ((int offset, int? length) in new (int, int?)[] { (0, 48), (48, null) })
        {
            Add("fragment", Scene.A, Scene.A.Frame(asked.Fragment(offset, length)));
            Add("fragment to a neighbour", Scene.A, Scene.A.Frame((asked with { Destination = Scene.B.Address(version6) }).Fragment(offset, length)));
            _samples.Add(new Sample("fragment of a call", Hook.FromUplink, null, TestUplink.Lan.Frame(call.Fragment(offset, length))));
        }
    }

    private void AddHost(bool version6)
    {
        foreach (Segment segment in (Segment[])[Segments.Syn(), Segment.Udp(1, 2), Segment.EchoRequest(version6, 1)])
        {
            Packet packet = new(TestNetwork.Web.Gateway(version6), Scene.A.Address(version6), segment);
            _samples.Add(new Sample("from the host", Hook.ToEndpoints, null, Frame.Of(TestNetwork.Web.GatewayMac, TestNetwork.Web.GatewayMac, packet)));
        }
    }

    private void AddOddities()
    {
        foreach (IPAddress target in new[] { Scene.B.V4, Outside.Server(false) })
            Add("options", Scene.A, Scene.A.To(target, Segment.Udp(4000, 53)) with { Options = [7, 7, 4, 0, 0, 0, 0, 1] });
        foreach (IPAddress target in new[] { Scene.B.V6, Outside.Server(true) })
        {
            Extension[] chain = [Extension.HopByHop, Extension.DestinationOptions(2), Extension.Routing(4, 0), Extension.Fragment(0, false, 5)];
            Add("extension headers", Scene.A, Scene.A.To(target, Segment.Udp(4000, 53)) with { Extensions = chain });
        }
        Add("VLAN", Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, 0x8100, [0, 5, 8, 0, .. Scene.A.To(Scene.B, false, Segment.Udp(1, 2)).ToBytes()]));
    }

    private byte[] Group(Packet packet) => Frame.Of(NeighbourDiscovery.MacOf(packet.Destination.MapToIPv6()), Scene.A.Mac, packet);

    private void Add(string name, TestEndpoint sender, byte[] frame) => _samples.Add(new Sample(name, Hook.FromEndpoint, sender, frame));

    private void Add(string name, TestEndpoint sender, Packet packet) => Add(name, sender, sender.Frame(packet));

    private void Add(string name, Packet arriving) => _samples.Add(new Sample(name, Hook.FromUplink, null, TestUplink.Lan.Frame(arriving)));
}
