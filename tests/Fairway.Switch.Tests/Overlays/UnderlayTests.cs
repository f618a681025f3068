using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Overlays;

/// <summary>What another host sent is unwrapped where the uplink receives it, when it is in no way special; all else goes to the VXLAN device as it is.</summary>
public sealed class UnderlayTests : SwitchTest
{
    private const uint Vsid = 4242;
    private const ushort Port = Vxlan.Port;
    private const int Outer = 14 + 20 + 8;
    private const int Wrapping = Outer + 8;

    private static readonly MacAddress s_remoteMac = new(0x0200_0000_0033);
    private static readonly IPAddress s_provider = IPAddress.Parse("192.0.2.77");
    private static readonly IPAddress s_remote = IPAddress.Parse("10.80.1.77");

    public UnderlayTests(SwitchUnderTest fixture)
        : base(fixture)
    {
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with { Flags = NetworkFlags.Live | NetworkFlags.Overlay });
        Scene.Maps.VirtualSubnets.Set(new VirtualSubnetKey(Vsid, Port), TestNetwork.Web.Number);
        Scene.Maps.Remotes.Set(new RemoteKey(TestNetwork.Web.Number, new IPNetwork(s_remote, 32)), new RemoteRow
        {
            VirtualSubnet = Vsid,
            Provider = new MappedAddress(s_provider),
            Mac = new MacBytes(s_remoteMac),
        });
    }

    private Packet Call => new(s_remote, Scene.A.V4, Segment.Tcp(4000, 80, TcpFlags.Syn));

    [Fact]
    public void Packet_ReachesItsEndpoint_AsItWasSent()
    {
        byte[] inner = Frame.Of(Scene.A.Mac, s_remoteMac, Call);

        byte[] received = Scene.Receive(TestUplink.Lan, Wrapped(inner)).ReachesPort(Scene.A).Frame;

        Assert.Equal(inner.Length, received.Length);
        Bytes.Equal([.. inner.Skip(12)], [.. received.Skip(12)]);
        Assert.Equal(TestNetwork.Web.GatewayMac, Reading.OfFrame(received).From);
    }

    [Fact]
    public void Packet_ToAPortNobodyHas_IsDroppedHere()
        => Scene.Receive(TestUplink.Lan, Wrapped(Frame.Of(Scene.A.Mac, s_remoteMac, new Packet(s_remote, IPAddress.Parse("10.80.1.200"), Segment.Udp(1, 2))))).IsDropped(DropReason.NoSuchEndpoint);

    [Fact]
    public void Packet_OfAHostThatIsNotWhereTheSenderIs_IsDropped()
    {
        Scene.Receive(TestUplink.Lan, Wrapped(Inner, from: IPAddress.Parse("192.0.2.78"))).IsDropped(DropReason.Tunnel);
        Scene.Receive(TestUplink.Lan, Wrapped(Frame.Of(Scene.A.Mac, s_remoteMac, new Packet(Scene.B.V4, Scene.A.V4, Segment.Udp(1, 2))))).IsDropped(DropReason.Tunnel);
    }

    [Fact]
    public void Packet_OfAnotherVirtualSubnet_Passes()
    {
        Scene.Receive(TestUplink.Lan, Wrapped(Inner, vsid: Vsid + 1)).Passes();
        Scene.Receive(TestUplink.Lan, Wrapped(Inner, port: Port + 1)).Passes();
    }

    [Fact]
    public void Packet_ToAnotherHost_Passes() => Scene.Receive(TestUplink.Lan, Wrapped(Inner, to: IPAddress.Parse("192.0.2.11"))).Passes();

    public static TheoryData<string> Oddities => ["cut short", "fragment", "options", "congestion", "checksum", "flags", "reserved", "group", "version 6", "vlan"];

    [Theory]
    [MemberData(nameof(Oddities))]
    public void Packet_OutOfTheOrdinary_Passes(string oddity)
    {
        byte[] frame = oddity switch
        {
            "cut short" => Wrapped(Inner)[..(Wrapping + 10)],
            "fragment" => Wrapped(Inner, change: outer => outer with { DontFragment = false }, edit: bytes => bytes[14 + 6] |= 0x20),
            "options" => Wrapped(Inner, change: outer => outer with { Options = [1, 1, 1, 0] }),
            "congestion" => Wrapped(Inner, change: outer => outer with { TrafficClass = 3 }),
            "checksum" => Wrapped(Inner, edit: bytes => bytes[14 + 10] ^= 1),
            "flags" => Wrapped(Inner, edit: bytes => bytes[Outer] = 0x0C),
            "reserved" => Wrapped(Inner, edit: bytes => bytes[Outer + 7] = 1),
            "group" => Wrapped(Frame.Of(Frame.Broadcast, s_remoteMac, Call)),
            "version 6" => Wrapped(Frame.Of(Scene.A.Mac, s_remoteMac, new Packet(IPAddress.Parse("fd00:80:1::77"), Scene.A.V6, Segment.Udp(1, 2)))),
            _ => Wrapped(Frame.Of(Scene.A.Mac, s_remoteMac, 0x8100, [0, 5, 8, 0, .. Call.ToBytes()])),
        };

        Scene.Receive(TestUplink.Lan, frame).Passes();
    }

    /// <summary>What stands in the VXLAN device's queue must not be overtaken by what follows it.</summary>
    [Fact]
    public void MergedSegments_TakeTheLongWay_AndWhatFollowsThem()
    {
        Scene.Receive(TestUplink.Lan, Wrapped(Inner), context => context with { GsoSize = 20, GsoSegments = 2 }).Passes();
        ulong[] noted = Scene.Switch.LongWays.Find(0)!;
        Assert.Contains(noted, time => time != 0);

        // As if it had been a moment ago, however long this test takes.
        Scene.Switch.LongWays.Set(0, [.. noted.Select(_ => noted.Max() + (60ul * 1_000_000_000))]);
        Scene.Receive(TestUplink.Lan, Wrapped(Inner)).Passes();

        Scene.Switch.LongWays.Set(0, new ulong[PossibleCpus.Count]);
        Scene.Receive(TestUplink.Lan, Wrapped(Inner)).ReachesPort(Scene.A);
    }

    private byte[] Inner => Frame.Of(Scene.A.Mac, s_remoteMac, Call);

    private static byte[] Wrapped(byte[] inner, IPAddress? from = null, IPAddress? to = null, uint vsid = Vsid, int port = Port, Func<Packet, Packet>? change = null, Action<byte[]>? edit = null)
        => Vxlan.Wrapped(inner, from ?? s_provider, to ?? TestUplink.Lan.Address(false), vsid, port, change, edit);
}
