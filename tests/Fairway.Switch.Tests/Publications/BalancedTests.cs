using System.Net;
using Fairway.Model.Flows;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Publications;

/// <summary>Ports that lead to one of several endpoints.</summary>
public sealed class BalancedTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int Callers = 600;

    private IReadOnlyList<TestEndpoint> All => [Scene.A, Scene.B, Scene.C];

    [Theory, BothVersions]
    public void Calls_AreSpread_AndEachComesBackFromWhereItWasAsked(bool version6)
    {
        IPAddress vip = Vip(version6);
        Scene.Balance(vip, 80, 8080, All);
        var shares = new Dictionary<TestEndpoint, int>();
        for (int port = 1; port <= Callers; port++)
        {
            Packet call = new(Outside.Client(version6), vip, Segments.Syn(port, 80));
            Outcome outcome = Scene.Receive(TestUplink.Lan, call);
            TestEndpoint backend = BackendOf(outcome);
            shares[backend] = shares.GetValueOrDefault(backend) + 1;
            Packet arrives = call with { Destination = backend.Address(version6), Hops = 63, Segment = call.Segment.WithPorts(port, 8080) };
            Bytes.Equal(Frame.Of(backend.Mac, TestNetwork.Web.GatewayMac, arrives), outcome.ReachesPort(backend).Frame);

            Packet answer = backend.To(Outside.Client(version6), Segments.SynAck(8080, port));
            Packet leaves = answer with { Source = vip, Hops = 63, Segment = answer.Segment.WithPorts(80, port) };
            Bytes.Equal(backend.Frame(leaves), Scene.Send(backend, answer).LeavesBy(TestUplink.Lan).Frame);
        }
        // Three standard deviations of a fair choice are 35.
        Assert.All(All, backend => Assert.InRange(shares[backend], Callers / 3 - 60, Callers / 3 + 60));
    }

    [Theory, BothVersions]
    public void Packets_OfOneConnection_StayWithTheirBackend_WhoeverComesAndGoes(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, All);
        TestEndpoint backend = BackendOf(Call(version6, 4000, Segments.Syn(4000, 80)));
        Scene.Send(backend, backend.To(Outside.Client(version6), Segments.SynAck(8080, 4000))).LeavesBy(TestUplink.Lan);
        List<TestEndpoint> others = [.. All.Where(other => other != backend)];

        Scene.Balance(Vip(version6), 80, 8080, others);
        Scene.BeginEpoch();
        Call(version6, 4000, Segments.Ack(4000, 80)).ReachesPort(backend);
        Scene.Send(backend, backend.To(Outside.Client(version6), Segments.Ack(8080, 4000))).LeavesBy(TestUplink.Lan);
        Assert.All(Enumerable.Range(5000, 200), port => Assert.NotEqual(backend, BackendOf(Call(version6, port, Segments.Syn(port, 80)))));
    }

    [Theory, BothVersions]
    public void BackendThatComes_TakesItsShare_AndTheOthersKeepTheirCallers(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.A, Scene.B]);
        List<TestEndpoint> before = Choices(version6);
        Scene.Balance(Vip(version6), 80, 8080, All);
        List<TestEndpoint> after = Choices(version6);
        int moved = before.Zip(after).Count(pair => pair.First != pair.Second);
        int astray = before.Zip(after).Count(pair => pair.First != pair.Second && pair.Second != Scene.C);
        Assert.InRange(moved, Callers / 3 - 60, Callers / 3 + 60);
        Assert.Equal(0, astray);
    }

    [Theory]
    [InlineData(SessionAffinity.SourceAddress, false)]
    [InlineData(SessionAffinity.SourceAddress, true)]
    [InlineData(SessionAffinity.SourceAddressAndProtocol, false)]
    [InlineData(SessionAffinity.SourceAddressAndProtocol, true)]
    public void Affinity_LeadsOneCallerToOneBackend(SessionAffinity affinity, bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, All, affinity: affinity);
        HashSet<TestEndpoint> ofOne = [.. Choices(version6)];
        Assert.Single(ofOne);
        // Others have others.
        HashSet<TestEndpoint> ofMany = [.. Enumerable.Range(1, 60).Select(host => BackendOf(Scene.Receive(TestUplink.Lan, new Packet(Client(version6, host), Vip(version6), Segments.Syn(1, 80)))))];
        Assert.Equal(3, ofMany.Count);
    }

    [Theory, BothVersions]
    public void Affinity_ByAddress_HoldsAcrossProtocols_AndByProtocolToo_DoesNot(bool version6)
    {
        bool AllSame(SessionAffinity affinity)
        {
            Scene.Balance(Vip(version6), 80, 8080, All, TransportProtocol.Tcp, affinity);
            List<TestEndpoint> tcp = [.. Enumerable.Range(1, 30).Select(host => BackendOf(Scene.Receive(TestUplink.Lan, new Packet(Client(version6, host), Vip(version6), Segments.Syn(1, 80)))))];
            Scene.Balance(Vip(version6), 80, 8080, All, TransportProtocol.Udp, affinity);
            List<TestEndpoint> udp = [.. Enumerable.Range(1, 30).Select(host => BackendOf(Scene.Receive(TestUplink.Lan, new Packet(Client(version6, host), Vip(version6), Segment.Udp(1, 80)))))];
            Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
            return tcp.SequenceEqual(udp);
        }
        Assert.True(AllSame(SessionAffinity.SourceAddress));
        Assert.False(AllSame(SessionAffinity.SourceAddressAndProtocol));
    }

    [Theory, BothVersions]
    public void Internal_IsForEndpointsOnly(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.B], isInternal: true);
        Call(version6, 4000, Segments.Syn(4000, 80)).Passes();
        Scene.Send(Scene.A, Scene.A.To(Vip(version6), Segments.Syn(4000, 80))).ReachesPort(Scene.B);
        Scene.Send(Scene.D, Scene.D.To(Vip(version6), Segments.Syn(4000, 80))).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void Endpoint_CallsAnotherOfItsNetwork_AndItself(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.B]);
        Scene.Send(Scene.A, Scene.A.To(Vip(version6), Segments.Syn(4000, 80))).ReachesPort(Scene.B);
        Reading returned = Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segments.SynAck(8080, 4000))).ReachesPort(Scene.A).Reading;
        Assert.Equal((Vip(version6), 80), (returned.Source, (int)returned.SourcePort));

        Reading own = Scene.Send(Scene.B, Scene.B.To(Vip(version6), Segments.Syn(4001, 80))).ReachesPort(Scene.B).Reading;
        Assert.Equal(TestNetwork.Web.Gateway(version6), own.Source);
    }

    /// <summary>Somebody's own name servers; the gateway stays the resolver's.</summary>
    [Theory, BothVersions]
    public void Questions_ReachTheServersBehindABalancer(bool version6)
    {
        Scene.Balance(Scene.AnyAddress(version6), 53, 5353, [Scene.B], TransportProtocol.Udp);
        Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segment.Udp(4000, 53))).ReachesPort(Scene.B);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(4000, 53))).ReachesPort(Scene.WebResolver);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 53))).ReachesPort(Scene.WebResolver);
    }

    [Theory, BothVersions]
    public void HostsAddresses_AreFrontendsTogether(bool version6)
    {
        Scene.Balance(Scene.AnyAddress(version6), 30080, 8080, [Scene.B]);
        foreach (TestUplink uplink in new[] { TestUplink.Lan, TestUplink.Bare })
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), uplink.Address(version6), Segments.Syn(4000, 30080))).ReachesPort(Scene.B);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), Vip(version6), Segments.Syn(4000, 30080))).Passes();
    }

    [Theory, BothVersions]
    public void BackendOfAnEarlierOwner_OrAClosedOne_IsNotReached(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.B]);
        Scene.Open(Scene.B with { Generation = Scene.B.Generation + 1, Flags = Scene.B.Flags | Dataplane.Switch.Layout.PortFlags.Published });
        Call(version6, 4000, Segments.Syn(4000, 80)).IsDropped(DropReason.PortClosed);
        Scene.Close(Scene.B);
        Call(version6, 4000, Segments.Syn(4000, 80)).IsDropped(DropReason.PortClosed);
    }

    /// <summary>More than are ranked one by one.</summary>
    [Theory, BothVersions]
    public void ManyBackends_AreSpreadToo(bool version6)
    {
        // The same three, again and again: the switch does not mind.
        Scene.Balance(Vip(version6), 80, 8080, [.. Enumerable.Repeat(All, 20).SelectMany(three => three)]);
        Dictionary<TestEndpoint, int> shares = Choices(version6).CountBy(backend => backend).ToDictionary(share => share.Key, share => share.Value);
        Assert.All(All, backend => Assert.InRange(shares[backend], Callers / 3 - 70, Callers / 3 + 70));
    }

    [Theory, BothVersions]
    public void RowsOfAnotherBalancer_AreNotRead(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.B]);
        Dataplane.Switch.Layout.BalancerRow row = Scene.Maps.Balancers.Find(Scene.Balancer)!.Value;
        Scene.Maps.Balancers.Set(Scene.Balancer, row with { Stamp = row.Stamp + 1 });
        Call(version6, 4000, Segments.Syn(4000, 80)).IsDropped(DropReason.NoBackend);
    }

    [Theory, BothVersions]
    public void BalancerThatIsTakenAway_TakesItsConnectionsWithIt(bool version6)
    {
        Scene.Balance(Vip(version6), 80, 8080, [Scene.B]);
        Call(version6, 4000, Segments.Syn(4000, 80)).ReachesPort(Scene.B);
        Scene.Unpublish(Vip(version6), 80);
        Scene.BeginEpoch();
        Call(version6, 4000, Segments.Ack(4000, 80)).Passes();
    }

    private static IPAddress Vip(bool version6) => IPAddress.Parse(version6 ? "fd00:96::10" : "10.96.0.10");

    private static IPAddress Client(bool version6, int host) => IPAddress.Parse(version6 ? $"2001:db8:2::1{host:x2}" : $"8.8.8.{host}");

    private Outcome Call(bool version6, int port, Segment segment)
        => Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), Vip(version6), segment));

    private List<TestEndpoint> Choices(bool version6)
    {
        Scene.Configure((ref Dataplane.Switch.Layout.ConfigRow row) => (row.FlowQuota, row.HalfOpenQuota) = (10_000, 10_000));
        List<TestEndpoint> choices = [.. Enumerable.Range(1, Callers).Select(port => BackendOf(Call(version6, port, Segments.Syn(port, 80))))];
        Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
        foreach (TestEndpoint endpoint in All)
            Scene.Maps.Usage.Set(endpoint.Port, default);
        return choices;
    }

    private TestEndpoint BackendOf(Outcome outcome) => All.First(endpoint => outcome.Verdict == Verdict.Port && outcome.Detail == endpoint.Port);
}
