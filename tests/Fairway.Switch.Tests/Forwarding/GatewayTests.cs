using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Forwarding;

/// <summary>What is addressed to the host: its gateway address, its other addresses, and the resolver behind port 53.</summary>
public sealed class GatewayTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory, BothVersions]
    public void Packet_ToTheGateway_ReachesTheHostUnchanged(bool version6)
    {
        foreach (TestEndpoint sender in new[] { Scene.A, Scene.D, Scene.E })
        {
            foreach (Segment segment in (Segment[])[
                Segment.Tcp(4000, 80, TcpFlags.Syn), Segment.Udp(4000, 54), Segment.Udp(53, 4000), Segment.EchoRequest(version6, 1), Segment.Other(Protocols.Sctp, new byte[12]),
                Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 1, body: new byte[48])])
            {
                byte[] packet = (sender.To(sender.Network.Gateway(version6), segment) with { Hops = 1 }).ToBytes();
                byte[] expected = Frame.Of(sender.Network.GatewayMac, sender.Mac, packet);
                Bytes.Equal(expected, Scene.Send(sender, expected).ReachesHost(sender.Network).Frame);
                // Whatever MAC the endpoint takes for the gateway's.
                Bytes.Equal(expected, Scene.Send(sender, Frame.Of(Scene.B.Mac, sender.Mac, packet)).ReachesHost(sender.Network).Frame);
            }
        }
        Assert.Empty(Scene.Flows);
    }

    /// <summary>Networks with several subnets of a family have as many gateways; the first stands in the network's row, the others with the resolver's port.</summary>
    [Theory, BothVersions]
    public void Packet_ToAFurtherGateway_ReachesTheHost_AndQuestionsTheResolver(bool version6)
    {
        foreach ((TestEndpoint sender, TestEndpoint resolver) in ((TestEndpoint, TestEndpoint)[])[(Scene.A, Scene.WebResolver), (Scene.E, Scene.InsideResolver)])
        {
            IPAddress further = sender.Network.Address(version6, 200);
            Segment echo = Segment.EchoRequest(version6, 1), call = Segment.Tcp(4000, 80, TcpFlags.Syn);
            if (sender == Scene.E)
                Scene.Send(sender, sender.To(further, call)).IsDropped(DropReason.Isolated);
            Scene.AddAddress(resolver, further);
            byte[] frame = sender.Frame(sender.To(further, call));
            Bytes.Equal(frame, Scene.Send(sender, frame).ReachesHost(sender.Network).Frame);
            Scene.Send(sender, sender.To(further, echo)).ReachesHost(sender.Network);
            Scene.Send(sender, sender.To(further, Segment.Udp(4000, 53))).ReachesPort(resolver);
            // Nobody but the resolver speaks in its name, and the host does not look for it behind its own vNIC.
            Scene.Send(sender, sender.Frame(sender.To(sender.Network.Gateway(version6), echo) with { Source = further })).IsDropped(DropReason.SourceAddress);
            Scene.SendFromHost(sender.Network, Frame.Of(resolver.Mac, sender.Network.GatewayMac, (sender.To(further, call) with { Source = sender.Network.Gateway(version6) }).ToBytes()))
                .IsDropped(DropReason.NoSuchEndpoint);
        }
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Fragments_ToTheGateway_ReachTheHost(bool version6)
    {
        Packet large = Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(4000, 5000, new byte[2000]));
        Scene.Send(Scene.A, Scene.A.Frame(large.Fragment(0, 1400))).ReachesHost(TestNetwork.Web);
        Scene.Send(Scene.A, Scene.A.Frame(large.Fragment(1400))).ReachesHost(TestNetwork.Web);
    }

    [Theory, BothVersions]
    public void OtherAddress_OfTheHost_IsReached_FromNatNetworksOnly(bool version6)
    {
        foreach (IPAddress address in new[] { TestUplink.Lan.Address(version6), TestUplink.Bare.Address(version6), TestNetwork.Blue.Gateway(version6) })
        {
            Scene.Send(Scene.A, Scene.A.To(address, Segment.Tcp(4000, 22, TcpFlags.Syn))).ReachesHost(TestNetwork.Web);
            Scene.Send(Scene.A, Scene.A.To(address, Segment.EchoRequest(version6, 1))).ReachesHost(TestNetwork.Web);
            Scene.Send(Scene.E, Scene.E.To(address, Segment.Tcp(4000, 22, TcpFlags.Syn))).IsDropped(DropReason.Isolated);
            Scene.Send(Scene.E, Scene.E.To(address, Segment.EchoRequest(version6, 1))).IsDropped(DropReason.Isolated);
            Scene.Send(Scene.G, Scene.G.To(address, Segment.Tcp(4000, 22, TcpFlags.Syn))).IsDropped(DropReason.Isolated);
        }
    }

    [Theory, BothVersions]
    public void Network_WithoutAHostVnic_HasNoGateway(bool version6)
    {
        Scene.Send(Scene.G, Scene.G.To(TestNetwork.Alone.Gateway(version6), Segment.Udp(1, 2))).IsDropped(DropReason.Isolated);
        // Not even if the row names one.
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with { Flags = Dataplane.Switch.Layout.NetworkFlags.Live });
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(1, 2))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void Question_ToTheGatewaysPort53_ReachesTheResolverUnchanged(bool version6)
    {
        foreach (Segment segment in (Segment[])[Segment.Udp(4000, 53), Segment.Tcp(4000, 53, TcpFlags.Syn), Segment.Tcp(4000, 53, TcpFlags.Rst)])
        {
            byte[] frame = Scene.A.Frame(Scene.A.To(TestNetwork.Web.Gateway(version6), segment));
            byte[] expected = [.. frame];
            Scene.WebResolver.Mac.CopyTo(expected);
            Bytes.Equal(expected, Scene.Send(Scene.A, frame).ReachesPort(Scene.WebResolver).Frame);
        }
        Scene.Send(Scene.E, Scene.E.To(TestNetwork.Inside.Gateway(version6), Segment.Udp(4000, 53))).ReachesPort(Scene.InsideResolver);
        // SCTP's port 53 is no DNS.
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Other(Protocols.Sctp, 0, 1, 0, 53, 0, 0, 0, 0, 0, 0, 0, 0))).ReachesHost(TestNetwork.Web);
    }

    /// <summary>A container's own settings, and Docker's resolver inside it, ask the servers of the host; the network's names are known here only.</summary>
    [Theory, BothVersions]
    public void Question_ToAnyServerOutside_ReachesTheResolver(bool version6)
    {
        IPAddress[] servers = [Outside.Server(version6), TestUplink.Lan.Address(version6), TestNetwork.Blue.Gateway(version6), Scene.D.Address(version6)];
        foreach (IPAddress server in servers)
        {
            foreach (Segment segment in (Segment[])[Segment.Udp(4000, 53), Segment.Tcp(4000, 53, TcpFlags.Syn)])
            {
                byte[] frame = Scene.A.Frame(Scene.A.To(server, segment));
                byte[] expected = [.. frame];
                Scene.WebResolver.Mac.CopyTo(expected);
                Bytes.Equal(expected, Scene.Send(Scene.A, frame).ReachesPort(Scene.WebResolver).Frame);
                Scene.Send(Scene.E, Scene.E.To(server, segment)).ReachesPort(Scene.InsideResolver);
            }
        }
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Question_ToANeighbour_ReachesIt_AndOnePrivateNetworksNobody(bool version6)
    {
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(4000, 53))).ReachesPort(Scene.B);
        Scene.Send(Scene.G, Scene.G.To(Outside.Server(version6), Segment.Udp(4000, 53))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void Resolver_ThatIsGone_LeavesQuestionsUnanswered(bool version6)
    {
        Scene.Close(Scene.WebResolver);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(4000, 53))).IsDropped(DropReason.PortClosed);
    }

    [Theory, BothVersions]
    public void Resolver_Answers(bool version6)
    {
        foreach (Segment segment in (Segment[])[Segment.Udp(53, 4000), Segment.Tcp(53, 4000, TcpFlags.Syn | TcpFlags.Ack), Segment.Tcp(53, 4000, TcpFlags.Fin | TcpFlags.Ack)])
        {
            byte[] frame = Scene.WebResolver.Frame(Scene.WebResolver.To(Scene.A, version6, segment));
            byte[] expected = [.. frame];
            Scene.A.Mac.CopyTo(expected);
            Bytes.Equal(expected, Scene.Send(Scene.WebResolver, frame).ReachesPort(Scene.A).Frame);
        }
    }

    [Theory, BothVersions]
    public void Resolver_SaysNothingButDns_AndThatIsNoNews(bool version6)
    {
        Scene.Watch();
        foreach (Segment segment in (Segment[])[
            Segment.Udp(54, 4000), Segment.Tcp(80, 4000, TcpFlags.Ack), Segment.Tcp(53, 4000, TcpFlags.Rst | TcpFlags.Ack, sequence: 0),
            Segment.EchoRequest(version6, 1), Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 3, body: new byte[48]), Segment.Other(Protocols.Sctp, 0, 53, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)])
        {
            foreach (IPAddress target in new[] { Scene.A.Address(version6), TestUplink.Lan.Address(version6) })
                Assert.Equal(Outcome.Shot, Scene.Send(Scene.WebResolver, Scene.WebResolver.To(target, segment)).Action);
        }
        Assert.Equal(0ul, Scene.AllDrops);
        Assert.Empty(Scene.TakeEvents());
    }

    /// <summary>A client of the daemon that ended must not wait for its own time-out.</summary>
    [Theory, BothVersions]
    public void Resolver_EndsConnectionsThatAreGone(bool version6)
    {
        Scene.Send(Scene.WebResolver, Scene.WebResolver.To(Scene.A, version6, Segment.Tcp(53, 4000, TcpFlags.Rst))).ReachesPort(Scene.A);
        // Sequence 0 means something in a reset only.
        Scene.Send(Scene.WebResolver, Scene.WebResolver.To(Scene.A, version6, Segment.Tcp(53, 4000, TcpFlags.Syn | TcpFlags.Ack, sequence: 0))).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Resolver_SpeaksToItsOwnNetworkOnly(bool version6)
    {
        IPAddress[] targets = [Scene.D.Address(version6), TestUplink.Lan.Address(version6), IPAddress.Parse(version6 ? "2001:db8:99::1" : "9.9.9.9"), TestNetwork.Web.Address(version6, 99)];
        foreach (IPAddress target in targets)
            Scene.Send(Scene.WebResolver, Scene.WebResolver.To(target, Segment.Udp(53, 4000))).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Theory, BothVersions]
    public void Resolver_AnswersInTheNameOfWhoeverWasAsked(bool version6)
        => Scene.Send(Scene.WebResolver, new Packet(Outside.Server(version6), Scene.A.Address(version6), Segment.Udp(53, 4000))).ReachesPort(Scene.A);
}
