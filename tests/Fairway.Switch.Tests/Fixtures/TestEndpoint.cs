using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>An endpoint of the scene, or a resolver.</summary>
/// <param name="Link">Index of the link that stands for its host side.</param>
internal sealed record TestEndpoint(uint Port, TestNetwork Network, int Link, MacAddress Mac, IPAddress V4, IPAddress V6)
{
    public PortFlags Flags { get; init; } = PortFlags.Live;

    public uint Generation { get; init; } = 7;

    public ushort Mtu { get; init; } = TestNetwork.Mtu;

    public bool IsResolver => Flags.HasFlag(PortFlags.Resolver);

    public IPAddress Address(bool version6) => version6 ? V6 : V4;

    /// <summary>A frame of this endpoint, sent to its gateway's MAC; what the switch does with it does not depend on that.</summary>
    public byte[] Frame(byte[] packet) => Wire.Frame.Of(Network.GatewayMac, Mac, packet);

    public byte[] Frame(Packet packet) => Frame(packet.ToBytes());

    /// <summary>A packet of this endpoint.</summary>
    public Packet To(IPAddress destination, Segment segment) => new(Address(destination.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6), destination, segment);

    public Packet To(TestEndpoint other, bool version6, Segment segment) => To(other.Address(version6), segment);

    public PortRow ToRow() => new()
    {
        Flags = Flags,
        Generation = Generation,
        Network = Network.Number,
        Ifindex = (uint)Link,
        Address4 = new(V4),
        Address6 = new(V6),
        Mac = new(Mac),
        Mtu = Mtu,
    };

    /// <summary>Number, link, MAC and addresses all follow from two numbers.</summary>
    public static TestEndpoint New(TestNetwork network, uint port)
        => new(port, network, HostNamespace.FirstPortLink + (int)port, new MacAddress(0x0200_0A50_0000ul | port), network.Address(false, 10 + (int)port), network.Address(true, 10 + (int)port));

    public static TestEndpoint ResolverOf(TestNetwork network) => new(
        SwitchLimits.ResolverOf(network.Number), network, HostNamespace.FirstResolverLink + (int)network.Number, new MacAddress(0x02DD_0000_0000ul | network.Number),
        network.Gateway4, network.Gateway6)
    { Flags = PortFlags.Live | PortFlags.Resolver };
}
