using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Connections;

/// <summary>When rules or routes have changed, a connection is looked at again, once in each direction.</summary>
public sealed class EpochTests(SwitchUnderTest fixture) : ConnectionTest(fixture)
{
    /// <summary>FW_FLOW_NO_MAC</summary>
    private const uint NoMacFlag = 32;

    [Theory, BothVersions]
    public void Connection_ThatIsStillAllowed_GoesOnAsItWas(bool version6)
    {
        EstablishTcp(version6);
        Scene.BeginEpoch();
        Asks(TcpFlags.Ack);
        Answers(TcpFlags.Ack);
        Assert.Equal((2u, 2u), (Scene.Forward.Value.Epoch, Scene.Reply.Value.Epoch));
        Assert.Equal(Port, Scene.Swap(Scene.Forward.Value.SourcePort));
        Assert.Equal((1u, 0u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Route_ThatLeadsElsewhereNow_BeginsTheConnectionAnew(bool version6)
    {
        EstablishTcp(version6);
        string prefix = version6 ? "2001:db8:99::/64" : "9.9.9.0/24";
        Scene.Host.AddRoute(prefix, TestUplink.Bare.Link);
        try
        {
            Asks(TcpFlags.Ack); // nobody has said so yet
            Scene.BeginEpoch();
            Reading left = Scene.Send(Scene.A, Question(Segments.Ack(4000, 443))).LeavesBy(TestUplink.Bare).Reading;
            Assert.Equal(TestUplink.Bare.Address(version6), left.Source);
            Assert.Equal(2, Scene.Flows.Count);
            Assert.Equal((1u, 1u), Scene.Usage(Scene.A));
        }
        finally
        {
            Scene.Host.DeleteRoute(prefix, TestUplink.Bare.Link);
        }
    }

    [Theory, BothVersions]
    public void Route_ThatIsGone_EndsTheConnection(bool version6)
    {
        Scene.Send(Scene.A, Scene.A.To(Outside.BareClient(version6), Segments.Syn())).LeavesBy(TestUplink.Bare);
        string prefix = version6 ? "2001:db8:86dd::/48" : "8.0.0.0/16";
        Scene.Host.DeleteRoute(prefix, TestUplink.Bare.Link);
        try
        {
            Scene.BeginEpoch();
            Scene.Send(Scene.A, Scene.A.To(Outside.BareClient(version6), Segments.Syn())).LeavesBy(TestUplink.Lan); // by the default route
        }
        finally
        {
            Scene.Host.AddRoute(prefix, TestUplink.Bare.Link);
        }
    }

    /// <summary>Nobody would get the answers to a host's former address.</summary>
    [Theory, BothVersions]
    public void Address_TheHostHasNoMore_BeginsTheConnectionAnew(bool version6)
    {
        EstablishTcp(version6);
        IPAddress former = TestUplink.Lan.Address(version6);
        IPAddress next = IPAddress.Parse(version6 ? "2001:db8:2::11" : "192.0.2.11");
        Scene.Open(version6 ? TestUplink.Lan with { V6 = next } : TestUplink.Lan with { V4 = next });
        Scene.Maps.HostAddresses.Set(new MappedAddress(next), 1);
        Scene.BeginEpoch();
        // The uplink prefers another address, the former one is still there.
        Assert.Equal(former, Scene.Send(Scene.A, Question(Segments.Ack(4000, 443))).LeavesBy(TestUplink.Lan).Reading.Source);

        Scene.Maps.HostAddresses.Remove(new MappedAddress(former));
        Scene.BeginEpoch();
        Assert.Equal(next, Scene.Send(Scene.A, Question(Segments.Ack(4000, 443))).LeavesBy(TestUplink.Lan).Reading.Source);
    }

    [Theory, BothVersions]
    public void Network_ThatLostItsWayOut_EndsTheConnection(bool version6)
    {
        EstablishTcp(version6);
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with { Flags = NetworkFlags.Live | NetworkFlags.Host });
        Scene.BeginEpoch();
        Scene.Send(Scene.A, Question(Segments.Ack(4000, 443))).IsDropped(DropReason.Isolated);
        AssertGone();
    }

    [Theory, BothVersions]
    public void Answers_ToACallerWhoIsRoutedElsewhereNow_FollowTheRoute(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        (Packet call, Packet answer) = PublishedConnection(version6);
        string prefix = version6 ? "2001:db8:88::/64" : "8.8.4.0/24";
        Scene.Host.AddRoute(prefix, TestUplink.Bare.Link);
        try
        {
            Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Lan); // nobody has said so yet
            Scene.BeginEpoch();
            for (int i = 0; i < 2; i++)
            {
                Reading left = Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Bare).Reading;
                Assert.Equal((TestUplink.Lan.Address(version6), 8080), (left.Source, (int)left.SourcePort));
                Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B);
            }
            Assert.Equal(NoMacFlag, Scene.Reply.Value.Flags & NoMacFlag);
            Scene.Maps.Uplinks.Remove((uint)TestUplink.Bare.Link);
            Scene.BeginEpoch();
            Scene.Send(Scene.B, answer).IsDropped(DropReason.Isolated);
        }
        finally
        {
            Scene.Host.DeleteRoute(prefix, TestUplink.Bare.Link);
        }
    }

    [Theory, BothVersions]
    public void Answers_ToACallerWhoIsRoutedBack_HaveALinkLayerAgain(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        string prefix = version6 ? "2001:db8:88::/64" : "8.8.4.0/24";
        Scene.Host.AddRoute(prefix, TestUplink.Bare.Link);
        Packet answer;
        try
        {
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080))).ReachesPort(Scene.B);
            answer = Scene.B.To(Outside.Client(version6), Segments.Ack(80, 5555));
            Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Bare);
        }
        finally
        {
            Scene.Host.DeleteRoute(prefix, TestUplink.Bare.Link);
        }
        Scene.Open(TestUplink.Lan with { Mtu = 1400 });
        Scene.BeginEpoch();
        Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Lan);
        Assert.Equal((0u, (ushort)1400), (Scene.Reply.Value.Flags & NoMacFlag, Scene.Reply.Value.Mtu));
    }

    [Theory, BothVersions]
    public void Publication_TakenAway_EndsItsConnections(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        (Packet call, Packet answer) = PublishedConnection(version6);

        Scene.Unpublish(Scene.AnyAddress(version6), 8080);
        Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B); // nobody has said so yet
        Scene.BeginEpoch();
        Scene.Receive(TestUplink.Lan, call).Passes();
        Assert.Empty(Scene.Flows);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.B));
    }

    [Theory, BothVersions]
    public void Publication_TakenAway_EndsItsConnections_WhenTheEndpointSpeaksFirst(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        (_, Packet answer) = PublishedConnection(version6);
        Scene.Unpublish(Scene.AnyAddress(version6), 8080);
        Scene.BeginEpoch();
        // It leaves like any other connection of the endpoint, with a port of the reserved range: the client knows nothing of it.
        Assert.InRange(Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Lan).Reading.SourcePort, Scene.FirstNatPort, Scene.LastNatPort);
    }

    [Theory, BothVersions]
    public void Publication_ThatIsAnotherOneNow_BeginsTheConnectionAnew(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        (Packet call, _) = PublishedConnection(version6);
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.A, 81);
        Scene.BeginEpoch();
        Assert.Equal(81, Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.A).Reading.DestinationPort);
        Assert.Equal(2, Scene.Flows.Count);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.B));
    }

    [Theory, BothVersions]
    public void Client_ThatIsNotAdmittedAnyMore_IsCutOff(bool version6)
    {
        string prefix = version6 ? "2001:db8:88::/48" : "8.8.0.0/16";
        PublicationRow row = Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80, TransportProtocol.Tcp, prefix);
        (Packet call, Packet answer) = PublishedConnection(version6);
        Scene.BeginEpoch();
        Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B);
        Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Lan);

        Scene.Maps.Sources.Remove(new SourceKey(row.Number, IPNetwork.Parse(prefix)));
        Scene.BeginEpoch();
        Scene.Receive(TestUplink.Lan, call).IsDropped(DropReason.SourceNotAllowed);
        Assert.Empty(Scene.Flows);
    }

    private (Packet Call, Packet Answer) PublishedConnection(bool version6)
    {
        IPAddress client = Outside.Client(version6);
        Packet call = new(client, TestUplink.Lan.Address(version6), Segments.Ack(5555, 8080));
        Packet answer = Scene.B.To(client, Segments.Ack(80, 5555));
        Scene.Receive(TestUplink.Lan, new Packet(client, TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080))).ReachesPort(Scene.B);
        Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Lan);
        Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B);
        return (call, answer);
    }
}
